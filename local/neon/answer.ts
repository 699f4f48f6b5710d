import type pg from 'pg'
import type { Statement } from './payload.ts'
import type { Result } from './pipeline.ts'
import { arrayElements, valueJson } from './values.ts'

/** How the values are to be written: `raw` as Postgres's text, else as JSON types; `arrayMode` for rows. */
export type Output = { raw: boolean; arrayMode: boolean }

/** The JSON of one statement's result. */
export const renderResult = (
  { fields, rows, tag }: Result,
  { arrayMode }: Statement,
  output: Output,
  elements: ReadonlyMap<number, number>,
): string => {
  const rowAsArray = arrayMode ?? output.arrayMode
  const json =
    output.raw && rowAsArray ? JSON.stringify(rows) : rowsJson(fields, rows, rowAsArray, output.raw, elements)
  return (
    `{"fields":${JSON.stringify(fields.map(describe))},"rows":${json},` +
    `"command":${JSON.stringify(tag.split(' ', 1)[0])},"rowCount":${rowCount(tag)},"rowAsArray":${rowAsArray}}`
  )
}

/** For each array type among the results' columns, its element type. */
export const elementTypes = async (client: pg.Client, results: Result[]) => {
  const types = new Set(results.flatMap(({ fields }) => fields.map((field) => field.dataTypeID)))
  return arrayElements(client, [...types])
}

const describe = (field: pg.FieldDef) => ({
  name: field.name,
  dataTypeID: field.dataTypeID,
  tableID: field.tableID,
  columnID: field.columnID,
  dataTypeSize: field.dataTypeSize,
  dataTypeModifier: field.dataTypeModifier,
  format: 'text',
})

/** The number in the command tag: `INSERT <oid> <rows>`, any other `<command> <rows>`; none for DDL. */
const rowCount = (tag: string) => {
  const words = tag.split(' ')
  const count = words[0] === 'INSERT' ? words[2] : words[1]
  return count !== undefined && /^\d+$/.test(count) ? Number(count) : null
}

const rowsJson = (
  fields: pg.FieldDef[],
  rows: Result['rows'],
  rowAsArray: boolean,
  raw: boolean,
  elements: ReadonlyMap<number, number>,
) => {
  const columns = fields.map(({ name, dataTypeID }) => ({
    key: rowAsArray ? '' : `${JSON.stringify(name)}:`,
    json: (text: string) => (raw ? JSON.stringify(text) : valueJson(text, dataTypeID, elements)),
  }))
  // Written by hand, because two columns may bear one name.
  const row = (values: (string | null)[]) => {
    const cells = columns.map(({ key, json }, i) => key + (values[i] == null ? 'null' : json(values[i])))
    return rowAsArray ? `[${cells}]` : `{${cells}}`
  }
  return `[${rows.map(row)}]`
}
