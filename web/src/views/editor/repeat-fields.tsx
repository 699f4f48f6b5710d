import { useId } from 'react'
import { describeRule, ordinal, WEEKDAYS } from '../../tasks/describe-rule.ts'
import { weekdayOf } from '../../tasks/formats.ts'
import { type Kind, nthWeekday, type RepeatChoice, ruleOf, weekdayCode } from '../../tasks/repeat-choice.ts'
import { FIELD } from '../../ui/classes.ts'
import { icons } from '../../ui/icons.tsx'
import type { Draft } from './draft.ts'

interface RepeatFieldsProps {
  draft: Draft
  fault: string | undefined
  set: (fields: Partial<Draft>) => void
}

const KINDS: readonly (readonly [kind: Kind, name: string])[] = [
  ['never', 'Does not repeat'],
  ['DAILY', 'Daily'],
  ['WORKDAYS', 'Every weekday'],
  ['WEEKLY', 'Weekly'],
  ['MONTHLY', 'Monthly'],
  ['YEARLY', 'Yearly'],
  ['custom', 'By a rule of its own …'],
]
const UNITS: Partial<Record<Kind, string>> = {
  DAILY: 'days',
  WEEKLY: 'weeks',
  MONTHLY: 'months',
  YEARLY: 'years',
}

/** How the task comes again, in choices; below them what that means, in words. */
export const RepeatFields = ({ draft: { day, repeat }, fault, set }: RepeatFieldsProps) => {
  const faultId = useId()
  const change = (fields: Partial<RepeatChoice>) => set({ repeat: { ...repeat, ...fields } })
  const unit = UNITS[repeat.kind]
  const rule = ruleOf(repeat, day)
  const isScheduled = repeat.from === 'schedule'

  const choose = (kind: Kind) => {
    const days = kind === 'WEEKLY' && repeat.days.length === 0 ? [weekdayCode(day)] : repeat.days
    // Whoever writes a rule begins with the one at hand.
    change({
      kind,
      days,
      ...(kind === 'custom' && { rule: rule ?? 'FREQ=DAILY' }),
      ...(kind === 'WORKDAYS' && { from: 'schedule' }),
    })
  }

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-xs font-medium text-muted">Repeat</legend>
      <div className="flex flex-wrap items-center gap-2">
        <select
          aria-label="Repeats"
          value={repeat.kind}
          onChange={(event) => {
            const kind = KINDS.find(([each]) => each === event.target.value)?.[0]
            if (kind) choose(kind)
          }}
          className={FIELD}
        >
          {KINDS.map(([kind, name]) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </select>
        {unit && (
          <label className="flex items-center gap-2 text-sm">
            every
            <input
              type="number"
              min={1}
              max={999}
              value={repeat.interval}
              aria-label={`Every how many ${unit}`}
              onChange={(event) => change({ interval: event.target.value })}
              className={`${FIELD} w-16`}
            />
            {Number(repeat.interval) === 1 ? unit.slice(0, -1) : unit}
          </label>
        )}
        {repeat.kind === 'MONTHLY' && isScheduled && (
          <MonthDayField day={day} repeat={repeat} change={change} />
        )}
        {repeat.kind !== 'never' && repeat.kind !== 'WORKDAYS' && (
          <select
            aria-label="Counted from"
            value={repeat.from}
            onChange={(event) =>
              change({ from: event.target.value === 'completion' ? 'completion' : 'schedule' })
            }
            className={FIELD}
          >
            <option value="schedule">on schedule</option>
            <option value="completion">after it is done</option>
          </select>
        )}
      </div>
      {repeat.kind === 'WEEKLY' && isScheduled && <WeekdaysField repeat={repeat} change={change} />}
      {repeat.kind === 'custom' && (
        <input
          aria-label="Rule"
          value={repeat.rule}
          maxLength={255}
          spellCheck={false}
          aria-invalid={fault !== undefined}
          aria-describedby={faultId}
          placeholder="FREQ=MONTHLY;BYDAY=-1FR"
          onChange={(event) => change({ rule: event.target.value })}
          className={`${FIELD} font-mono`}
        />
      )}
      <p
        id={faultId}
        className={`flex items-center gap-1.5 text-sm empty:hidden ${fault ? 'text-danger' : 'text-muted'}`}
        aria-live="polite"
      >
        {rule !== undefined && (
          <>
            <span className="[&_svg]:size-4">{icons.repeat}</span>
            {fault ?? describeRule({ rule, from: repeat.from })}
          </>
        )}
      </p>
    </fieldset>
  )
}

interface PartProps {
  repeat: RepeatChoice
  change: (fields: Partial<RepeatChoice>) => void
}

const WeekdaysField = ({ repeat: { days }, change }: PartProps) => (
  <fieldset aria-label="On these days" className="flex flex-wrap gap-1.5">
    {WEEKDAYS.map(([code, name]) => (
      <label
        key={code}
        className="relative grid h-9 min-w-11 cursor-pointer place-items-center rounded-md border border-line px-2 text-sm has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
      >
        <input
          type="checkbox"
          aria-label={name}
          className="absolute inset-0 m-0 cursor-pointer opacity-0"
          checked={days.includes(code)}
          onChange={() =>
            change({ days: days.includes(code) ? days.filter((each) => each !== code) : [...days, code] })
          }
        />
        {name.slice(0, 3)}
      </label>
    ))}
  </fieldset>
)

const MonthDayField = ({ day, repeat, change }: PartProps & { day: string }) => {
  const nth = Number.parseInt(nthWeekday(day), 10)
  return (
    <select
      aria-label="On which day"
      value={repeat.monthDay}
      onChange={({ target: { value } }) =>
        change({ monthDay: value === 'last' || value === 'weekday' ? value : 'date' })
      }
      className={FIELD}
    >
      <option value="date">on the {ordinal(Number(day.slice(8)))}</option>
      <option value="weekday">
        on the {nth < 0 ? 'last' : ['first', 'second', 'third', 'fourth'][nth - 1]} {weekdayOf(day)}
      </option>
      <option value="last">on the last day</option>
    </select>
  )
}
