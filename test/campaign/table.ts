import { OPERATIONS } from './operations.ts'
import type { RowResult } from './row.ts'

const COLUMNS: [string, (result: RowResult) => number][] = [
  ['writes', ({ writes }) => writes],
  ['faults', ({ faults }) => faults],
  ['acknowl.', ({ acknowledged }) => sumOf(acknowledged)],
  ['unknown', ({ unknown }) => unknown],
  ['unavail.', ({ unavailable }) => unavailable],
  ['lost', ({ verdict }) => verdict.lost],
  ['doubled', ({ verdict }) => verdict.doubled],
  ['false 2xx', ({ verdict }) => verdict.falseSuccesses],
  ['false 503', ({ verdict }) => verdict.falseRefusals],
  ['other', ({ verdict }) => verdict.unexpected],
  ['late', ({ verdict }) => verdict.late],
  ['max ms', ({ slowestMs }) => Math.round(slowestMs)],
  ['s', ({ seconds }) => Math.round(seconds)],
]

const NAME_WIDTH = 46

export const printHeading = () =>
  console.log(`${'row'.padEnd(NAME_WIDTH)}${COLUMNS.map(([name]) => cell(name, name)).join('')}`)

export const printRow = (result: RowResult) =>
  console.log(
    `${result.name.padEnd(NAME_WIDTH)}${COLUMNS.map(([name, read]) => cell(name, String(read(result)))).join('')}`,
  )

const cell = (name: string, text: string) => text.padStart(Math.max(name.length, 5) + 2)

/** Whether no row is wrong, and every operation was acknowledged in one of them. */
export const areClean = (results: RowResult[]): boolean =>
  results.every(isClean) && neverAcknowledgedIn(results).length === 0

/** In fewer writes than these, what can only come after others may have had no turn. */
const WRITES_FOR_ALL = 2_000

const neverAcknowledgedIn = (results: RowResult[]) =>
  results.reduce((sum, { writes }) => sum + writes, 0) < WRITES_FOR_ALL
    ? []
    : acknowledgedIn(results).flatMap(([name, times]) => (times === 0 ? [name] : []))

const acknowledgedIn = (results: RowResult[]) =>
  Object.keys(OPERATIONS).map(
    (name) =>
      [name, results.reduce((sum, { acknowledged }) => sum + (acknowledged.get(name) ?? 0), 0)] as const,
  )

const isClean = ({ verdict: { details } }: RowResult): boolean => details.length === 0

const DETAILS_A_ROW = 5

const sumOf = (counts: Map<string, number>) => [...counts.values()].reduce((sum, count) => sum + count, 0)

/** How often each operation was acknowledged; the first few faults of each row that has any, or that there are none. */
export const printDetails = (results: RowResult[]) => {
  console.log(
    `acknowledged: ${acknowledgedIn(results)
      .map(([name, times]) => `${name} ${times}`)
      .join(', ')}`,
  )
  for (const { name, verdict } of results) {
    for (const detail of verdict.details.slice(0, DETAILS_A_ROW)) console.log(`${name}: ${detail}`)
  }
  for (const name of neverAcknowledgedIn(results)) console.log(`never acknowledged: ${name}`)
  const [rows, bad] = [results.length, results.filter((result) => !isClean(result)).length]
  console.log(
    bad === 0 ? `${rows} rows, and every answer was true and in time.` : `${bad} of ${rows} rows are wrong.`,
  )
}
