import { useId } from 'react'
import { type Day, daysAfter, nextMonday, today } from '../../tasks/due.ts'
import { FIELD } from '../../ui/classes.ts'
import type { Draft } from './draft.ts'

interface DueFieldsProps {
  draft: Draft
  set: (fields: Partial<Draft>) => void
}

/** When the task is due: the days that are meant most by a click, any other by the calendar. */
export const DueFields = ({ draft: { day, time }, set }: DueFieldsProps) => {
  const id = useId()
  const current = today()
  const quick: [name: string, day: Day][] = [
    ['Today', current],
    ['Tomorrow', daysAfter(current, 1)],
    ['Next week', nextMonday(current)],
  ]
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="mb-1 text-xs font-medium text-muted">Due</legend>
      <label htmlFor={`${id}-day`} className="sr-only">
        Due day
      </label>
      <input
        id={`${id}-day`}
        type="date"
        max="9999-12-31"
        value={day}
        onChange={(event) =>
          set(event.target.value === '' ? { day: '', time: '' } : { day: event.target.value })
        }
        className={FIELD}
      />
      {day === '' ? (
        quick.map(([name, quickDay]) => (
          <button
            key={name}
            type="button"
            onClick={() => set({ day: quickDay })}
            className="min-h-9 rounded-md border border-line px-2.5 text-sm hover:bg-sunken"
          >
            {name}
          </button>
        ))
      ) : (
        <>
          <label htmlFor={`${id}-time`} className="sr-only">
            Due time
          </label>
          <input
            id={`${id}-time`}
            type="time"
            value={time}
            onChange={(event) => set({ time: event.target.value })}
            className={FIELD}
          />
          <button
            type="button"
            onClick={() => set({ day: '', time: '' })}
            className="min-h-9 rounded-md px-2.5 text-sm text-muted hover:bg-sunken hover:text-ink"
          >
            No date
          </button>
        </>
      )}
    </fieldset>
  )
}
