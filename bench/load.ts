import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** What to ask of whom, over and over, and the status that every answer must have. */
export interface Target {
  name: string
  url: string
  headers: Record<string, string>
  status: number
}

export interface Load {
  requestsPerSecond: number
  latenciesMs: number[]
}

/**
 * Keeps `connections` busy for that long, each with one request at a time. It waits for the last answers,
 * because a request that is given up costs the local Neon a Postgres session, and the next peer its time.
 *
 * On bare sockets: on two cores the load's own CPU counts. A request costs it 12 µs, by autocannon
 * 21 µs, by node:http 44 µs, where bare Hono itself takes 60.
 */
export const load = async (
  target: Target,
  { connections, durationMs }: { connections: number; durationMs: number },
): Promise<Load> => {
  const clients = await Promise.all(Array.from({ length: connections }, () => clientOf(target)))
  const latenciesMs: number[] = []
  const startedAt = performance.now()
  await Promise.all(
    clients.map(async ({ ask }) => {
      while (performance.now() - startedAt < durationMs) latenciesMs.push(await ask())
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  for (const { close } of clients) close()
  return { requestsPerSecond: latenciesMs.length / seconds, latenciesMs }
}

const clientOf = async ({ name, url, headers, status }: Target) => {
  const { hostname, port, pathname, search, host } = new URL(url)
  const lines = Object.entries({ Host: host, ...headers }).map(([field, value]) => `${field}: ${value}\r\n`)
  const request = Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const socket = connect(Number(port), hostname).setNoDelay()
  await once(socket, 'connect')
  const answers = answersOn(socket, `${name} must answer ${status}`, `HTTP/1.1 ${status} `)

  return {
    /** One request and its answer, in milliseconds. */
    ask: async () => {
      const askedAt = performance.now()
      const answer = answers.next()
      socket.write(request)
      await answer
      return performance.now() - askedAt
    },
    close: () => socket.destroy(),
  }
}

/** Settles each `next` at the end of an answer. Answers must give their length, as workerd's do. */
const answersOn = (socket: Socket, rule: string, statusLine: string) => {
  let missingBytes = 0
  let settle = { done: () => {}, fail: (_: Error) => {} }
  socket.on('error', (error) => settle.fail(error))
  socket.on('end', () => settle.fail(new Error(`${rule}, not hang up`)))
  socket.on('data', (chunk) => {
    if (missingBytes === 0) {
      const bodyAt = chunk.indexOf('\r\n\r\n') + 4
      const head = chunk.toString('latin1', 0, bodyAt)
      const [, length] = /\r\ncontent-length: (\d+)\r\n/i.exec(head) ?? []
      if (!head.startsWith(statusLine) || length === undefined) {
        settle.fail(new Error(`${rule}, not: ${chunk}`))
        return
      }
      missingBytes = bodyAt + Number(length)
    }
    missingBytes -= chunk.length
    if (missingBytes === 0) settle.done()
  })
  return {
    next: () =>
      new Promise<void>((done, fail) => {
        settle = { done, fail }
      }),
  }
}
