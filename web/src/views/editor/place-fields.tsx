import { byPosition } from '../../replica/position.ts'
import { usePicture } from '../../replica/provider.tsx'
import { nameOfPriority, PRIORITIES } from '../../tasks/priority.ts'
import { FIELD } from '../../ui/classes.ts'
import type { Draft } from './draft.ts'

interface PlaceFieldsProps {
  draft: Draft
  set: (fields: Partial<Draft>) => void
  parentId: string | null
}

/** How much it matters, and the list that it is in: its parent's, if it is below one. */
export const PlaceFields = ({ draft: { priority, listId }, set, parentId }: PlaceFieldsProps) => {
  const { tasks, lists } = usePicture()
  const parent = tasks.get(parentId ?? '')
  const choices = [...lists.values()]
    .filter(({ id, archivedAt }) => archivedAt === null || id === listId)
    .sort(byPosition)
  return (
    <div className="flex flex-wrap items-end gap-2">
      <label className="grid gap-1 text-xs font-medium text-muted">
        Priority
        <select
          value={priority}
          onChange={(event) => set({ priority: PRIORITIES[Number(event.target.value)] ?? 0 })}
          className={`${FIELD} font-normal text-ink`}
        >
          {PRIORITIES.map((each) => (
            <option key={each} value={each}>
              {nameOfPriority(each)}
            </option>
          ))}
        </select>
      </label>
      {parent ? (
        <p className="grid min-w-0 gap-1 text-xs font-medium text-muted">
          Part of
          <span className="flex min-h-9 items-center text-sm font-normal text-ink">
            <span className="truncate">{parent.title}</span>
          </span>
        </p>
      ) : (
        <label className="grid min-w-0 gap-1 text-xs font-medium text-muted">
          List
          <select
            value={listId ?? ''}
            onChange={(event) => set({ listId: event.target.value === '' ? null : event.target.value })}
            className={`${FIELD} max-w-64 font-normal text-ink`}
          >
            <option value="">Inbox</option>
            {choices.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  )
}
