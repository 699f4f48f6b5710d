import type { NewTask } from '../../../../client/src/index.ts'
import type { Picture } from '../../replica/replica.ts'
import { daysAfter, today } from '../../tasks/due.ts'
import { longDay, weekdayOf } from '../../tasks/formats.ts'
import type { View } from '../../tasks/view.ts'

/** What a view is called; nothing for a list or a label that there is not. */
export const titleOf = (view: View, { lists, labels }: Picture): string | undefined => {
  switch (view.kind) {
    case 'inbox':
      return 'Inbox'
    case 'today':
      return 'Today'
    case 'upcoming':
      return 'Upcoming'
    case 'search':
      return 'Search'
    case 'list':
      return lists.get(view.id)?.name
    case 'label':
      return labels.get(view.id)?.name
  }
}

export const noteOf = (view: View, now: Date): string | undefined =>
  view.kind === 'today' ? `${weekdayOf(today(now))}, ${longDay(today(now))}` : undefined

/** What a task added there has, unless its words say otherwise. */
export const defaultsOf = (view: View, now: Date): Partial<NewTask> => {
  switch (view.kind) {
    case 'today':
      return { due: { date: today(now) } }
    case 'upcoming':
      return { due: { date: daysAfter(today(now), 1) } }
    case 'list':
      return { listId: view.id }
    case 'label':
      return { labelIds: [view.id] }
    default:
      return {}
  }
}
