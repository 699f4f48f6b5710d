import { useMemo } from 'react'
import { usePicture } from '../../replica/provider.tsx'
import { useNow } from '../../tasks/use-now.ts'
import { sectionsOf } from '../../tasks/view.ts'
import { icons } from '../../ui/icons.tsx'
import { ContactNote } from '../contact-note.tsx'
import { Labels } from './labels.tsx'
import { Lists } from './lists.tsx'
import { Place } from './place.tsx'

/** Where one can go. On a phone it comes in from the side, and is not there until it does. */
export const Places = ({ isOpen }: { isOpen: boolean }) => {
  const counts = useCounts()
  const { length: notSaved } = usePicture().setAside
  return (
    <nav
      id="places"
      aria-label="Places"
      className={`${isOpen ? 'translate-x-0' : 'max-md:invisible max-md:-translate-x-full'} fixed inset-y-0 start-0 z-30 flex w-72 flex-col gap-5 overflow-y-auto overscroll-contain border-e border-line bg-sunken p-3 pt-4 transition-[translate,visibility] duration-200 ease-calm md:sticky md:top-0 md:h-dvh md:w-auto`}
    >
      <div className="flex min-h-7 items-center justify-between px-2">
        <span className="flex items-center gap-2 font-semibold tracking-tight">
          <img src="/icon.svg" alt="" className="size-5" />
          Edgewise
        </span>
        <ContactNote />
      </div>
      <ul className="grid grid-cols-1 gap-px">
        {notSaved > 0 && (
          <li>
            <Place href="/not-saved" icon={icons.notSaved} name="Not saved" count={notSaved} tone="danger" />
          </li>
        )}
        <li>
          <Place href="/search" icon={icons.search} name="Search" />
        </li>
        <li>
          <Place href="/inbox" icon={icons.inbox} name="Inbox" count={counts.byList.get(null) ?? 0} />
        </li>
        <li>
          <Place href="/today" icon={icons.today} name="Today" count={counts.today} />
        </li>
        <li>
          <Place href="/upcoming" icon={icons.upcoming} name="Upcoming" />
        </li>
      </ul>
      <Lists counts={counts.byList} />
      <Labels />
      <ul className="mt-auto grid grid-cols-1 gap-px pt-2">
        <li>
          <Place href="/completed" icon={icons.completed} name="Completed" />
        </li>
        <li>
          <Place href="/trash" icon={icons.trash} name="Trash" />
        </li>
        <li>
          <Place href="/account" icon={icons.account} name="Account" />
        </li>
      </ul>
    </nav>
  )
}

/** How many open tasks there are in each list, the inbox under `null`, and for today. */
const useCounts = () => {
  const { tasks, lists } = usePicture()
  const now = useNow()
  return useMemo(() => {
    const byList = new Map<string | null, number>()
    for (const { listId, completedAt } of tasks.values())
      if (completedAt === null) byList.set(listId, (byList.get(listId) ?? 0) + 1)
    const sections = sectionsOf({ tasks, lists }, { kind: 'today' }, { now })
    return { byList, today: sections.reduce((sum, { rows }) => sum + rows.length, 0) }
  }, [tasks, lists, now])
}
