import { useMemo } from 'react'
import { usePicture, useReplica } from '../replica/provider.tsx'
import { sectionsOf, type View } from '../tasks/view.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { TaskList } from './list/task-list.tsx'
import { EmptyState } from './page/empty-state.tsx'
import { MissingPage } from './page/missing-page.tsx'
import { Skeleton } from './page/skeleton.tsx'
import { useShownTasks } from './page/use-shown-tasks.ts'
import { defaultsOf, noteOf, titleOf } from './page/view-facts.ts'
import { ViewMark, ViewMenu } from './page/view-menu.tsx'
import { QuickAdd } from './quick-add/quick-add.tsx'

/** One view of the tasks: its name, a line to add one, and the tasks. */
export const TasksPage = ({ view }: { view: Exclude<View, { kind: 'search' }> }) => {
  const picture = usePicture()
  const replica = useReplica()
  const { tell } = useToasts()
  const shown = useShownTasks(view)
  const { sections, rows, now, selection } = shown
  const title = titleOf(view, picture)
  useShortcuts(useMemo(() => ({ q: () => document.getElementById('quick-add')?.focus() }), []))

  /** Says where the task went, if that is not here. */
  const onAdded = (id: string) => {
    const { tasks, lists } = replica.picture
    const task = tasks.get(id)
    const isHere = sectionsOf(replica.picture, view, { now }).some((section) =>
      section.rows.some((row) => row.task.id === id),
    )
    if (!task || isHere) return
    const place = task.listId === null ? 'the inbox' : (lists.get(task.listId)?.name ?? 'its list')
    tell({ text: `“${task.title}” is in ${place}` })
  }

  if (title === undefined) return picture.isKnown ? <MissingPage /> : <Skeleton />
  return (
    <>
      <PageHeader title={title} mark={<ViewMark view={view} />} note={noteOf(view, now)}>
        <ViewMenu view={view} onSelect={rows.length > 0 ? selection.begin : undefined} />
      </PageHeader>
      <QuickAdd defaults={defaultsOf(view, now)} onAdded={onAdded} />
      {sections.length > 0 ? (
        <TaskList {...shown} />
      ) : picture.isKnown ? (
        <EmptyState kind={view.kind} />
      ) : (
        <Skeleton />
      )}
    </>
  )
}
