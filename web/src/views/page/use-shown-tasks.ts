import { useCallback, useMemo } from 'react'
import { usePicture } from '../../replica/provider.tsx'
import { useNow } from '../../tasks/use-now.ts'
import { useTaskActions } from '../../tasks/use-task-actions.ts'
import { type Row, sectionsOf, type View } from '../../tasks/view.ts'
import { useLingering } from '../list/use-lingering.ts'
import { useSelection } from '../list/use-selection.ts'

/** The tasks of a view, and what the list that shows them is to know. */
export const useShownTasks = (view: View) => {
  const { tasks, lists } = usePicture()
  const now = useNow()
  const actions = useTaskActions()
  const { lingering, linger } = useLingering()
  const sections = useMemo(
    () => sectionsOf({ tasks, lists }, view, { now, lingering }),
    [tasks, lists, view, now, lingering],
  )
  const rows = useMemo(() => sections.flatMap((section) => section.rows), [sections])
  const ids = useMemo(() => rows.map(({ task }) => task.id), [rows])
  const selection = useSelection(ids)

  const complete = useCallback(
    (completed: readonly Row[]) => {
      linger(withBelow(completed, rows))
      actions.complete(completed.map(({ task }) => task))
    },
    [linger, actions, rows],
  )
  return { sections, rows, view, now, selection, actions, complete }
}

/** Their ids, and those of all that is completed along. */
const withBelow = (completed: readonly Row[], rows: readonly Row[]): string[] => {
  const ids = new Set(completed.map(({ task }) => task.id))
  for (const { task } of rows) if (ids.has(task.parentId ?? '')) ids.add(task.id)
  return [...ids]
}
