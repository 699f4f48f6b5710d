import { type ReactNode, useState } from 'react'
import type { Task, TaskPatch } from '../../../../client/src/index.ts'
import { byPosition } from '../../replica/position.ts'
import { usePicture } from '../../replica/provider.tsx'
import { type Day, daysAfter, dueHere, dueOn, nameOfDay, nextMonday, today } from '../../tasks/due.ts'
import { nameOfPriority, PRIORITIES, PRIORITY_TEXT } from '../../tasks/priority.ts'
import type { TaskActions } from '../../tasks/use-task-actions.ts'
import { icons } from '../../ui/icons.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { DayDialog } from './day-dialog.tsx'

interface SelectionBarProps {
  tasks: readonly Task[]
  actions: TaskActions
  onComplete: () => void
  onEnd: () => void
}

const BUTTON =
  'flex min-h-10 items-center justify-center gap-1.5 rounded-md px-2.5 text-sm hover:bg-sunken aria-expanded:bg-sunken [&_svg]:size-4.5'

/** What can be done with all that is selected. */
export const SelectionBar = ({ tasks, actions, onComplete, onEnd }: SelectionBarProps) => {
  const [isChoosingDay, setChoosingDay] = useState(false)
  const menus = useMenus(tasks, actions, onEnd, () => setChoosingDay(true))
  const doing = (act: () => void) => () => {
    act()
    onEnd()
  }
  return (
    <>
      <div
        role="toolbar"
        aria-label={`${tasks.length} selected`}
        className="appearing fixed inset-x-2 bottom-[max(1rem,env(safe-area-inset-bottom))] z-40 mx-auto flex w-fit max-w-[calc(100%-1rem)] flex-wrap items-center justify-center rounded-lg border border-line bg-raised p-1 shadow-xl"
      >
        <output className="px-2.5 text-sm text-muted tabular-nums" aria-live="polite">
          {tasks.length === 0 ? (
            'Choose tasks'
          ) : (
            <>
              {tasks.length}
              <span className="max-sm:sr-only"> selected</span>
            </>
          )}
        </output>
        {tasks.length > 0 && (
          <>
            <button type="button" className={BUTTON} aria-label="Complete" onClick={doing(onComplete)}>
              {icons.completed}
              <Word>Complete</Word>
            </button>
            <BarMenu label="Due" name="due" icon={icons.today} items={menus.due} />
            <BarMenu label="Priority" name="priority" icon={icons.flag} items={menus.priority} />
            <BarMenu label="Move to list" word="List" name="list" icon={icons.list} items={menus.list} />
            <BarMenu label="Label" name="label" icon={icons.label} items={menus.label} />
            <button
              type="button"
              className={`${BUTTON} text-danger`}
              aria-label="Delete"
              onClick={doing(() => actions.remove(tasks))}
            >
              {icons.trash}
              <Word>Delete</Word>
            </button>
          </>
        )}
        <button
          type="button"
          aria-label="End the selection"
          onClick={onEnd}
          className={`${BUTTON} text-muted`}
        >
          {icons.close}
        </button>
      </div>
      {isChoosingDay && (
        <DayDialog
          onClose={() => setChoosingDay(false)}
          onChoose={(day) => {
            setChoosingDay(false)
            dueAll(tasks, actions, day)
            onEnd()
          }}
        />
      )}
    </>
  )
}

const useMenus = (
  tasks: readonly Task[],
  actions: TaskActions,
  onEnd: () => void,
  chooseDay: () => void,
): Record<'due' | 'priority' | 'list' | 'label', MenuItem[]> => {
  const { lists, labels } = usePicture()
  const ending = (act: () => void) => () => {
    act()
    onEnd()
  }
  const change = (body: TaskPatch, what: string) => ending(() => actions.changeAndTell(tasks, body, what))
  const to = (day: Day) => ending(() => dueAll(tasks, actions, day))
  const current = today()
  const openLists = [...lists.values()].filter(({ archivedAt }) => archivedAt === null).sort(byPosition)
  return {
    due: [
      { name: 'Today', act: to(current), icon: icons.today },
      { name: 'Tomorrow', act: to(daysAfter(current, 1)), icon: icons.upcoming },
      { name: 'Next week', act: to(nextMonday(current)), icon: icons.upcoming },
      { name: 'Another day …', act: chooseDay, icon: icons.upcoming },
      { name: 'No date', act: change({ due: null, recurrence: null }, 'No date'), icon: icons.close },
    ],
    priority: [...PRIORITIES].reverse().map((priority) => ({
      name: nameOfPriority(priority),
      icon: <span className={PRIORITY_TEXT[priority]}>{icons.flag}</span>,
      act: change({ priority }, nameOfPriority(priority)),
    })),
    list: [
      { name: 'Inbox', icon: icons.inbox, act: ending(() => actions.toList(tasks, null, 'the inbox')) },
      ...openLists.map(({ id, name }) => ({
        name,
        icon: icons.list,
        act: ending(() => actions.toList(tasks, id, name)),
      })),
    ],
    label: [...labels.values()]
      .sort((a, b) => a.name.localeCompare(b.name))
      .map(({ id, name }) => ({
        name,
        isChecked: tasks.every(({ labelIds }) => labelIds.includes(id)),
        act: ending(() => actions.toggleLabel(tasks, id)),
      })),
  }
}

/** To that day, each at the time that it has. */
const dueAll = (tasks: readonly Task[], actions: TaskActions, day: Day) => {
  const name = nameOfDay(day, new Date())
  for (const [time, those] of Map.groupBy(tasks, ({ due }) => due && dueHere(due).time))
    actions.changeAndTell(those, { due: dueOn(day, time ?? undefined) }, name)
}

interface BarMenuProps {
  label: string
  name: string
  word?: string
  icon: ReactNode
  items: readonly MenuItem[]
}

const BarMenu = ({ label, name, word = label, icon, items }: BarMenuProps) =>
  items.length > 0 && (
    <Menu
      label={label}
      name={name}
      items={items}
      className={BUTTON}
      button={
        <>
          {icon}
          <Word>{word}</Word>
        </>
      }
    />
  )

/** There is no room for words on a phone. */
const Word = ({ children }: { children: string }) => <span className="max-sm:hidden">{children}</span>
