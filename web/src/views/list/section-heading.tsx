import { daysAfter, nameOfDay, today } from '../../tasks/due.ts'
import { longDay, weekdayOf } from '../../tasks/formats.ts'
import { DONE, LATE, type Section } from '../../tasks/view.ts'

interface SectionHeadingProps {
  section: Section
  /** Whether there is no other, on a page that is called so already. */
  isOnly: boolean
  now: Date
}

/** What a section is: a day, what is late, what is done; nothing where there is only one. */
export const SectionHeading = ({ section: { key, day, rows }, isOnly, now }: SectionHeadingProps) => {
  if (key === 'all' || (isOnly && day === today(now))) return null
  const [name, more] =
    key === LATE ? ['Late', ''] : key === DONE ? ['Completed', ''] : namesOfDay(day ?? '', now)
  return (
    <h2 className="flex items-baseline gap-2 border-b border-line pb-1.5 text-sm font-semibold">
      <span className={key === LATE ? 'text-late' : ''}>{name}</span>
      <span className="font-normal text-muted">{more}</span>
      <span className="ms-auto font-normal text-muted tabular-nums">
        {rows.length}
        <span className="sr-only"> {rows.length === 1 ? 'task' : 'tasks'}</span>
      </span>
    </h2>
  )
}

/** By name where it has one, with the date or the weekday that goes with it. */
const namesOfDay = (day: string, now: Date): [string, string] => {
  const name = nameOfDay(day, now)
  if (day === today(now)) return [name, '']
  if (day === daysAfter(today(now), 1)) return [name, `${weekdayOf(day)}, ${longDay(day)}`]
  return day < daysAfter(today(now), 7) ? [name, longDay(day)] : [name, weekdayOf(day)]
}
