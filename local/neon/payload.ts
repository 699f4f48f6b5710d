import { Refusal } from './refusal.ts'

/** One SQL statement; parameters are in Postgres's text format. */
export type Statement = { text: string; params: (string | null)[]; arrayMode: boolean | undefined }

/** What a request asks for: one statement by itself, or several in one transaction. */
export type Payload = { batch: boolean; statements: Statement[] }

/** Reads a `/sql` body, `{query, params}` or `{queries: [...]}`; throws a 400 `Refusal` for anything else. */
export const parsePayload = (body: string): Payload => {
  const json = parseJson(body)
  const single = statementOf(json)
  if (single) return { batch: false, statements: [single] }

  const queries = isObject(json) && Array.isArray(json.queries) ? json.queries.map(statementOf) : [undefined]
  const statements = queries.filter((statement) => statement !== undefined)
  if (statements.length < queries.length) {
    throw unreadable('data did not match any variant of untagged enum Payload')
  }
  return { batch: true, statements }
}

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    throw unreadable('it is not valid JSON')
  }
}

const unreadable = (why: string) => new Refusal(400, `could not parse the HTTP request body: ${why}`)

const statementOf = (json: unknown): Statement | undefined => {
  if (!isObject(json)) return undefined
  const { query, params = [], arrayMode = null } = json
  if (typeof query !== 'string' || !Array.isArray(params)) return undefined
  if (arrayMode !== null && typeof arrayMode !== 'boolean') return undefined
  return { text: query, params: params.map(pgText), arrayMode: arrayMode ?? undefined }
}

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

/** A JSON parameter in Postgres's text format: arrays become array literals, objects stay JSON. */
const pgText = (json: unknown): string | null => {
  if (json === null) return null
  if (typeof json === 'string') return json
  return Array.isArray(json) ? pgArray(json) : JSON.stringify(json)
}

const pgArray = (items: unknown[]): string => `{${items.map(pgArrayItem).join(',')}}`

const pgArrayItem = (item: unknown): string => {
  if (item === null) return 'NULL'
  if (Array.isArray(item)) return pgArray(item)
  // JSON's quoting of a string is also an array literal's quoting.
  return JSON.stringify(isObject(item) ? JSON.stringify(item) : item)
}
