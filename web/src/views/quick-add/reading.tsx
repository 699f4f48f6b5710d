import type { ReactNode } from 'react'
import { describeRule } from '../../tasks/describe-rule.ts'
import { nameOfDue } from '../../tasks/due.ts'
import { nameOfPriority, PRIORITY_TEXT } from '../../tasks/priority.ts'
import { useNow } from '../../tasks/use-now.ts'
import { icons } from '../../ui/icons.tsx'
import type { Understood } from './use-understood.ts'

/** What the words were understood to say: a chip for each thing. */
export const Reading = ({ understood }: { understood: Understood }) => {
  const { title, due, recurrence, priority, list, labels } = understood
  const now = useNow()
  const isAny = due || recurrence || priority > 0 || list || labels.length > 0
  if (!isAny) return null
  return (
    <span className="flex flex-wrap items-center gap-1.5 pt-2">
      <span className="me-1 max-w-full truncate text-sm text-muted">
        <span className="sr-only">Understood: </span>
        {title}
      </span>
      {due && <Chip icon={icons.today}>{nameOfDue(due, now)}</Chip>}
      {recurrence && (
        <Chip icon={icons.repeat}>
          <span className="sr-only">repeats </span>
          {describeRule(recurrence)}
        </Chip>
      )}
      {priority > 0 && (
        <Chip icon={<span className={PRIORITY_TEXT[priority]}>{icons.flag}</span>}>
          {nameOfPriority(priority)}
        </Chip>
      )}
      {list && (
        <Chip icon={icons.list} isNew={list.isNew}>
          {list.name}
        </Chip>
      )}
      {labels.map(({ id, name, isNew }) => (
        <Chip key={id} icon={icons.label} isNew={isNew}>
          {name}
        </Chip>
      ))}
    </span>
  )
}

const Chip = ({ icon, isNew, children }: { icon: ReactNode; isNew?: boolean; children: ReactNode }) => (
  <span className="inline-flex max-w-full items-center gap-1.5 rounded-full bg-accent-soft py-0.5 ps-2 pe-2.5 text-sm [&_svg]:size-3.5">
    {icon}
    <span className="truncate">{children}</span>
    {isNew && <span className="text-xs text-muted">new</span>}
    <span className="sr-only">, </span>
  </span>
)
