import { env } from './worker.ts'

type Row = Record<string, unknown>

/** Runs one statement as the superuser, past every wall: for arranging, and for looking at what is there. */
export const sql = async (query: string, params: (string | null)[] = []): Promise<Row[]> => {
  const { port } = new URL(env.OWNER_DATABASE_URL)
  const answer = await fetch(`http://localhost:${port}/sql`, {
    method: 'POST',
    headers: { 'Neon-Connection-String': env.OWNER_DATABASE_URL },
    body: JSON.stringify({ query, params }),
  })
  const { rows, message } = await answer.json<{ rows: Row[]; message?: string }>()
  if (!answer.ok) throw new Error(`${query}: ${message}`)
  return rows
}

/** How many calls to the database `act` makes. */
export const countCalls = async <T>(act: () => Promise<T>): Promise<{ calls: number; result: T }> => {
  const before = await calls()
  const result = await act()
  return { calls: (await calls()) - before, result }
}

const calls = async (): Promise<number> => Number(await (await fetch(env.COUNTER_URL)).text())
