import { problem } from '../http/problem.ts'
import { confirmNumber } from './limits.ts'

/** A row of a Todoist project: its cells by the names of their columns, and the line where it begins. */
export interface TodoistRow {
  line: number
  cell: (column: string) => string
}

/**
 * The rows of the table. Throws `invalid_request`, with the line, for what is no table of Todoist's, and `payload_too_large` for too
 * long a one.
 */
export const readRows = async (text: string): Promise<TodoistRow[]> => {
  const { parse, CsvError } = await import('csv-parse/sync')
  let records: string[][]
  try {
    records = parse(text, { delimiter: delimiterOf(text), relax_column_count: true })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    throw malformed(
      typeof error.lines === 'number' ? error.lines : 1,
      'is no row of a table: a quote is out of place',
    )
  }
  const [header = [], ...rows] = records
  confirmNumber(rows.length)
  const columns = new Map(header.map((name, at) => [name.trim().toUpperCase(), at]))
  if (!columns.has('TYPE') || !columns.has('CONTENT')) {
    throw malformed(1, 'must name columns as Todoist does, TYPE and CONTENT among them')
  }
  let line = 2 + linesIn(header)
  return rows.map((row) => {
    const begins = line
    line += 1 + linesIn(row)
    return { line: begins, cell: (column) => row[columns.get(column) ?? -1]?.trim() ?? '' }
  })
}

/** What separates the names of the columns: spreadsheets of some countries write semicolons. */
const delimiterOf = (text: string): string => {
  const [header = ''] = text.split('\n', 1)
  const count = (delimiter: string) => header.split(delimiter).length
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best))
}

/** Ends of lines within cells. */
const linesIn = (row: readonly string[]): number =>
  row.reduce((lines, cell) => lines + cell.split(/\r\n|\n|\r/).length - 1, 0)

const malformed = (line: number, message: string) =>
  problem('invalid_request', { errors: [{ path: `lines.${line}`, message }] })
