import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { WriteRefused } from '../db/write.ts'
import { type Due, dueToColumns } from '../tasks/due.ts'
import type { Recurrence } from './contract.ts'
import { END, NeverAgain, occurrencesAfter } from './occurrences.ts'

interface Recurring {
  due?: Due | null | undefined
  recurrence?: Recurrence | null | undefined
}

/** With the days that a rule will come true on next; null if it has none to be told. */
export type WorkedOut<T> = T & { upcoming: string[] | null }

/**
 * The same task, with the next days of its series if both its due and its rule are told: what completes it then needs no more.
 * Throws `WriteRefused` for a rule that never comes true after the due.
 */
export const workedOut = async <T extends Recurring>(task: T): Promise<WorkedOut<T>> => {
  const { due, recurrence } = task
  if (!due || recurrence?.from !== 'schedule') return { ...task, upcoming: null }
  const { dueDate, dueTime: time, dueTimeZone: timeZone } = dueToColumns(due)
  const day = dueDate ?? ''
  const { rule, start = day } = recurrence
  try {
    return { ...task, upcoming: await occurrencesAfter(day, { rule, start, time, timeZone }) }
  } catch (error) {
    throw error instanceof NeverAgain ? NEVER_AGAIN : error
  }
}

const NEVER_AGAIN = new WriteRefused('unfit', {
  about: { path: 'recurrence.rule', message: 'never comes true after the day that the task is due' },
})

const day = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const Unfinished = z.array(
  z.object({
    task: z.string(),
    rule: z.string(),
    start: day,
    time: z.string().nullable(),
    timeZone: z.string().nullable(),
    after: day,
  }),
)

/** The statement that puts further days beside the rules that the database found to lack them. */
export const workedOutFurther = async (userId: string, unfinished: unknown) => {
  const series = await Promise.all(
    Unfinished.parse(unfinished).map(async ({ task, after, ...series }) => ({
      task,
      days: await occurrencesAfter(after, series).catch(ended),
    })),
  )
  return sql`select edgewise.work_out(${userId}::uuid, ${JSON.stringify(series)}::jsonb)`
}

/** A rule that was kept without its due, and never comes true after it, ends the series. */
const ended = (error: unknown): string[] => {
  if (!(error instanceof NeverAgain)) throw error
  return [END]
}
