import type pg from 'pg'
import { Refusal } from './refusal.ts'

/** Type ids that never change. @see https://github.com/postgres/postgres/blob/master/src/include/catalog/pg_type.dat */
const BOOL = 16
const INTEGERS = [21, 23]
const FLOATS = [700, 701]
const JSONS = [114, 3802]

/** The element type of each array type among `types`, asked of Postgres. */
export const arrayElements = async (client: pg.Client, types: number[]): Promise<Map<number, number>> => {
  const { rows } = await client.query<[number, number]>({
    text: `SELECT oid, typelem FROM pg_catalog.pg_type WHERE oid = ANY ($1)
      AND typsubscript = 'pg_catalog.array_subscript_handler'::pg_catalog.regproc`,
    values: [types],
    rowMode: 'array',
  })
  return new Map(rows)
}

/** A value in Postgres's text format as the JSON that Neon's proxy makes of it without `Neon-Raw-Text-Output`. */
export const valueJson = (text: string, type: number, elements: ReadonlyMap<number, number>): string => {
  const element = elements.get(type)
  if (element !== undefined) return arrayJson(text, element, elements)
  if (type === BOOL) return String(text === 't')
  if (INTEGERS.includes(type)) return String(Number(text))
  if (FLOATS.includes(type))
    return Number.isFinite(Number(text)) ? String(Number(text)) : JSON.stringify(text)
  return JSONS.includes(type) ? text : JSON.stringify(text)
}

/** @see https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO */
const arrayJson = (text: string, element: number, elements: ReadonlyMap<number, number>) => {
  // Bounds such as `[0:1]=` have no place in JSON.
  const tokens = text.replace(/^\[[^=]*=/, '').match(/"(?:[^"\\]|\\.)*"|[{},]|[^{},"]+/gs) ?? []
  if (tokens[0] !== '{') throw new Refusal(500, 'could not parse postgres response')
  return tokens.map((token) => tokenJson(token, element, elements)).join('')
}

const tokenJson = (token: string, element: number, elements: ReadonlyMap<number, number>) => {
  if (token === '{') return '['
  if (token === '}') return ']'
  if (token === ',') return ','
  if (token === 'NULL') return 'null'
  const value = token.startsWith('"') ? token.slice(1, -1).replace(/\\(.)/gs, '$1') : token
  return valueJson(value, element, elements)
}
