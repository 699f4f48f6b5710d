import { taskIn } from '../quick/parse.ts'
import type { Recurrence } from '../recurrence/contract.ts'
import { type Due, timeZone as TimeZone } from '../tasks/due.ts'

interface When {
  due: Due | null
  recurrence: Recurrence | null
  /** Whether all of the text was understood. */
  isRead: boolean
}

interface Here {
  /** The language that the text is in, as `de`. */
  language: string
  timeZone: string | undefined
  nowMs: number
}

const NEVER: When = { due: null, recurrence: null, isRead: true }
const NUMERIC = /^\d{4}-\d\d-\d\d\b/

/**
 * When a task is due by words of English like `every 1st` or `tomorrow 9am`, or a date in figures. A time is one wherever one is,
 * unless it is known where it is meant.
 */
export const dateIn = async (text: string, { language, timeZone, nowMs }: Here): Promise<When> => {
  if (text === '') return NEVER
  const isUnknown = language !== '' && !/^en\b/i.test(language) && !NUMERIC.test(text)
  const { data: zone } = TimeZone.safeParse(timeZone)
  if (isUnknown || text.length > MOST_CHARACTERS) return { ...NEVER, isRead: false }
  const { due, recurrence, pieces } = await taskIn(text, { timeZone: zone ?? 'UTC', nowMs })
  const read = pieces.filter(({ kind }) => kind === 'due' || kind === 'recurrence')
  const rest = read.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), text)
  const isFloating = zone === undefined && due !== null && 'timeZone' in due
  return {
    due: isFloating ? { dateTime: due.dateTime } : due,
    recurrence,
    isRead: due !== null && !/[\p{L}\p{N}]/u.test(rest),
  }
}

const MOST_CHARACTERS = 200
