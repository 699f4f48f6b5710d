import type { Task } from '../../../client/src/index.ts'
import { daysAfter, today } from '../tasks/due.ts'
import { icons } from '../ui/icons.tsx'
import type { TaskActions } from './tasks-page.tsx'

interface SelectionBarProps {
  tasks: readonly Task[]
  actions: TaskActions
  onEnd: () => void
}

/** What can be done with all that is selected. */
export const SelectionBar = ({ tasks, actions, onEnd }: SelectionBarProps) => {
  const doing = (act: () => void) => () => {
    act()
    onEnd()
  }
  const change = (body: Parameters<TaskActions['change']>[1]) => doing(() => actions.change(tasks, body))
  return (
    <div
      role="toolbar"
      aria-label={`${tasks.length} selected`}
      className="fixed inset-x-3 bottom-4 z-40 mx-auto flex w-fit max-w-full items-center gap-1 overflow-x-auto rounded-lg border border-line bg-raised p-1.5 shadow-lg"
    >
      <span className="px-2 text-sm text-muted tabular-nums">{tasks.length}</span>
      <BarButton onClick={doing(() => actions.complete(tasks))}>Complete</BarButton>
      <BarButton onClick={change({ due: { date: today() } })}>Today</BarButton>
      <BarButton onClick={change({ due: { date: daysAfter(today(), 1) } })}>Tomorrow</BarButton>
      <BarButton onClick={change({ priority: 3 })}>High</BarButton>
      <BarButton onClick={doing(() => actions.remove(tasks))}>Delete</BarButton>
      <button
        type="button"
        aria-label="Let go of the selection"
        onClick={onEnd}
        className="rounded-md p-1.5 text-muted hover:bg-sunken"
      >
        {icons.close}
      </button>
    </div>
  )
}

const BarButton = ({ onClick, children }: { onClick: () => void; children: string }) => (
  <button
    type="button"
    onClick={onClick}
    className="rounded-md px-2.5 py-1.5 text-sm whitespace-nowrap hover:bg-sunken"
  >
    {children}
  </button>
)
