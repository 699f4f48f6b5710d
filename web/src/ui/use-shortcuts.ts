import { useEffect } from 'react'

type Shortcuts = Record<string, () => void>

/** How long the second key of a pair may take. */
const PAIR_MS = 1_200

/** Keys that do something wherever the focus is, but in a text. `g t` is two keys, one after the other; `Mod` is Ctrl or ⌘. */
export const useShortcuts = (shortcuts: Shortcuts): void => {
  useEffect(() => {
    let before = { key: '', at: 0 }
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isText(event.target)) return
      const key = nameOf(event)
      const pair = event.timeStamp - before.at < PAIR_MS ? shortcuts[`${before.key} ${key}`] : undefined
      before = { key, at: event.timeStamp }
      const act = pair ?? shortcuts[key]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', listen)
    return () => document.removeEventListener('keydown', listen)
  }, [shortcuts])
}

const nameOf = ({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): string =>
  `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}${key}`

const isText = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select'))
