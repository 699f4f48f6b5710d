import type { Recurrence } from './contract.ts'

interface RecurrenceColumns {
  recurrenceRule: string | null
  recurrenceFrom: 'schedule' | 'completion' | null
  recurrenceStart: string | null
}

export const recurrenceToColumns = (recurrence: Recurrence | null): RecurrenceColumns => ({
  recurrenceRule: recurrence?.rule ?? null,
  recurrenceFrom: recurrence?.from ?? null,
  recurrenceStart: recurrence?.start ?? null,
})

export const recurrenceFromColumns = ({
  recurrenceRule: rule,
  recurrenceFrom: from,
  recurrenceStart: start,
}: RecurrenceColumns): Recurrence | null => (rule && from && start ? { rule, from, start } : null)
