import { useMemo, useRef, useState } from 'react'

export type Selection = ReturnType<typeof useSelection>

/** What is selected of the rows with these ids; others count no more. */
export const useSelection = (ids: readonly string[]) => {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isAsked, setAsked] = useState(false)
  /** Where a range begins. */
  const anchor = useRef<string>(undefined)
  const selected = useMemo(() => new Set(ids.filter((id) => chosen.has(id))), [ids, chosen])

  return {
    selected,
    /** Whether a click selects: once something is, or somebody has asked to. */
    isSelecting: isAsked || selected.size > 0,
    begin: () => setAsked(true),
    toggle: (id: string) => {
      anchor.current = id
      const after = new Set(selected)
      if (!after.delete(id)) after.add(id)
      setChosen(after)
    },
    only: (id: string) => {
      anchor.current = id
      setChosen(new Set([id]))
    },
    /** All from where the selection was begun. */
    extendTo: (id: string) => {
      const from = ids.indexOf(anchor.current ?? id)
      const to = ids.indexOf(id)
      anchor.current = ids[from]
      setChosen(new Set(ids.slice(Math.min(from, to), Math.max(from, to) + 1)))
    },
    all: () => setChosen(new Set(ids)),
    end: () => {
      setAsked(false)
      setChosen(new Set())
      anchor.current = undefined
    },
  }
}
