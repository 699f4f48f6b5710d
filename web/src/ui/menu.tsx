import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { icons } from './icons.tsx'

export interface MenuItem {
  name: string
  act: () => void
  icon?: ReactNode
  /** For items that are chosen, not done. */
  isChecked?: boolean
  isDanger?: boolean
}

interface MenuProps {
  /** What the button is called. */
  label: string
  button: ReactNode
  className: string
  items: readonly MenuItem[]
  /** A key that opens it from elsewhere finds it by this. */
  name?: string
}

const GAP_PX = 4

/** A button and the menu that it opens, by pointer and by keys (WAI-ARIA's menu button). */
export const Menu = ({ label, button, className, items, name }: MenuProps) => {
  const id = useId()
  const opener = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)

  return (
    <>
      <button
        ref={opener}
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        popoverTarget={id}
        data-menu={name}
        className={className}
      >
        {button}
      </button>
      <div
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        onBeforeToggle={({ newState, currentTarget }) => {
          // What is in it has to be there before it is measured, and it is measured before it is seen.
          flushSync(() => setOpen(newState === 'open'))
          currentTarget.style.opacity = newState === 'open' ? '0' : ''
        }}
        onToggle={(event) => {
          if (event.newState !== 'open') return
          event.currentTarget.style.opacity = ''
          place(event.currentTarget, opener.current)
          event.currentTarget.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
        }}
        onKeyDown={onKeyDown}
        className="fixed m-0 max-h-80 max-w-[min(20rem,calc(100vw-1rem))] min-w-44 overflow-y-auto rounded-lg border border-line bg-raised p-1 text-sm text-ink shadow-xl"
      >
        {/* What is not open need not be there. */}
        {isOpen && items.map((item) => <Item key={item.name} item={item} />)}
      </div>
    </>
  )
}

const Item = ({ item: { name, act, icon, isChecked, isDanger } }: { item: MenuItem }) => (
  // biome-ignore lint/a11y/useAriaPropsSupportedByRole: aria-checked is there only for the role that has it
  <button
    type="button"
    role={isChecked === undefined ? 'menuitem' : 'menuitemcheckbox'}
    aria-checked={isChecked}
    tabIndex={-1}
    onClick={(event) => {
      event.currentTarget.closest<HTMLElement>('[popover]')?.hidePopover()
      act()
    }}
    className={`flex w-full items-center gap-2.5 rounded-md px-2.5 py-1.5 text-start pointer-coarse:min-h-11 outline-none hover:bg-sunken focus:bg-sunken ${
      isDanger ? 'text-danger' : ''
    }`}
  >
    {icon && <span className="text-muted [&_svg]:size-4.5">{icon}</span>}
    <span className="grow truncate">{name}</span>
    {isChecked && <span className="text-accent [&_svg]:size-4">{icons.check}</span>}
  </button>
)

/** Below the button, or above it where there is no room; always within the window. */
const place = (menu: HTMLElement, opener: HTMLElement | null) => {
  if (!opener) return
  const { left, top, bottom } = opener.getBoundingClientRect()
  const { offsetWidth, offsetHeight } = menu
  const isRoomBelow = bottom + GAP_PX + offsetHeight <= window.innerHeight
  menu.style.top = `${isRoomBelow ? bottom + GAP_PX : Math.max(GAP_PX, top - GAP_PX - offsetHeight)}px`
  menu.style.left = `${Math.max(GAP_PX, Math.min(left, window.innerWidth - offsetWidth - 2 * GAP_PX))}px`
}

const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
  // The keys of what is behind do not count here. Escape closes it by itself.
  event.stopPropagation()
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^=menuitem]')]
  const at = items.findIndex((item) => item.matches(':focus'))
  const next = (): HTMLElement | undefined => {
    switch (event.key) {
      case 'ArrowDown':
        return items[(at + 1) % items.length]
      case 'ArrowUp':
        return items.at(at <= 0 ? -1 : at - 1)
      case 'Home':
        return items[0]
      case 'End':
        return items.at(-1)
      default:
        return event.key.length === 1 ? beginningWith(event.key, items, at) : undefined
    }
  }
  if (event.key === 'Tab') event.currentTarget.hidePopover()
  const item = next()
  if (!item || event.ctrlKey || event.metaKey || event.key === ' ') return
  event.preventDefault()
  item.focus()
}

/** The next item after the one at hand whose name begins so. */
const beginningWith = (letter: string, items: HTMLElement[], at: number): HTMLElement | undefined =>
  [...items.slice(at + 1), ...items.slice(0, at + 1)].find((item) =>
    item.textContent.trim().toLowerCase().startsWith(letter.toLowerCase()),
  )
