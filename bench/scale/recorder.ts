import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Statement {
  query: string
  params: (string | null)[]
}

export type Recorder = Awaited<ReturnType<typeof startRecorder>>

/** Between a Worker and the local Neon: keeps the statements of the last call as they were sent. */
export const startRecorder = async (neonPort: number) => {
  let heard: Statement[] = []
  let skip = 0
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming)
    const call: Statement & { queries?: Statement[] } = JSON.parse(body)
    heard = call.queries ?? [call]
    const headers = Object.entries(incoming.headers).filter(([name]) => name.startsWith('neon-'))
    const answer = await fetch(`http://127.0.0.1:${neonPort}/sql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...Object.fromEntries(headers) },
      body:
        skip > 0 ? JSON.stringify({ queries: heard.map((statement) => skipping(statement, skip)) }) : body,
    })
    outgoing
      .writeHead(answer.status, { 'Content-Type': 'application/json' })
      .end(Buffer.from(await answer.arrayBuffer()))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    /** What the last call asked. */
    statements: () => heard,
    /** Lets what is asked meanwhile begin so many rows later: a page far down without the walk there. */
    skipping: async <T>(rows: number, ask: () => Promise<T>): Promise<T> => {
      skip = rows
      try {
        return await ask()
      } finally {
        skip = 0
      }
    },
    stop: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Whether a statement is one select, whose rows can be skipped and counted; within it may be the one that chooses them. */
export const isOneSelect = ({ query }: Statement): boolean =>
  query.startsWith('select ') && LIMIT.test(query) && !/\bunion\b/.test(query)

/** The same with room for all rows, to be counted. */
export const withoutLimit = ({ query, params }: Statement): Statement => {
  const limits = [...query.matchAll(/ limit \$(\d+)/g)].map(([, number]) => Number(number))
  return { query, params: params.map((value, n) => (limits.includes(n + 1) ? '1000000000' : value)) }
}

/** The first limit is that of what chooses. */
const LIMIT = / limit \$\d+/

const skipping = (statement: Statement, rows: number): Statement =>
  isOneSelect(statement)
    ? { ...statement, query: statement.query.replace(LIMIT, (limit) => `${limit} offset ${rows}`) }
    : statement
