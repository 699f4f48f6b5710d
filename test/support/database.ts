import { env } from './worker.ts'

type Row = Record<string, unknown>

/** Runs one statement as the superuser, past every wall: for arranging, and for looking at what is there. */
export const sql = async (
  query: string,
  params: (string | null)[] = [],
  database = 'postgres',
): Promise<Row[]> => {
  const url = new URL(`/${database}`, env.OWNER_DATABASE_URL).href
  const [result = []] = await batch(url, [{ query, params }])
  return result
}

/** Runs statements in one transaction as the Worker's data role: what an injected statement could do. */
export const asDataRole = (...queries: Query[]): Promise<Row[][]> => batch(env.DATABASE_URL, queries)

/** The same as the role that Better Auth has. */
export const asSignInRole = (...queries: Query[]): Promise<Row[][]> => batch(env.AUTH_DATABASE_URL, queries)

/** The same as the superuser. */
export const asOwner = (...queries: Query[]): Promise<Row[][]> => batch(env.OWNER_DATABASE_URL, queries)

export interface Query {
  query: string
  params: (string | null)[]
}

const batch = async (url: string, queries: Query[]): Promise<Row[][]> => {
  const answer = await fetch(`http://localhost:${new URL(url).port}/sql`, {
    method: 'POST',
    headers: { 'Neon-Connection-String': url },
    body: JSON.stringify({ queries }),
  })
  const { results, message, code } = await answer.json<{
    results: { rows: Row[] }[]
    message?: string
    code?: string
  }>()
  if (!answer.ok) throw new DatabaseRefusal(`${message} in ${queries.at(-1)?.query}`, code)
  return results.map(({ rows }) => rows)
}

/** An error answer of the database, with its SQLSTATE. */
class DatabaseRefusal extends Error {
  readonly code: string | undefined

  constructor(message: string, code: string | undefined) {
    super(message)
    this.code = code
  }
}

/** How many calls to the database `act` makes. */
export const countCalls = async <T>(act: () => Promise<T>): Promise<{ calls: number; result: T }> => {
  const before = await calls()
  const result = await act()
  return { calls: (await calls()) - before, result }
}

const calls = async (): Promise<number> => Number(await (await fetch(env.COUNTER_URL)).text())

/** Everything that belongs to a user, in every table: compared before and after an attack. */
export const rowsOf = async (userId: string): Promise<Row[]> => {
  const owned = await sql(
    `select table_name as name, column_name as owner from information_schema.columns
     where table_schema = 'public' and (column_name = 'user_id' or table_name = 'users' and column_name = 'id')
     order by 1`,
  )
  const tables = owned.map(
    ({ name, owner }) =>
      `select '${name}' as in_table, to_jsonb(t) as row from ${name} t where ${owner} = $1`,
  )
  return sql(`${tables.join(' union all ')} order by 1, 2`, [userId])
}
