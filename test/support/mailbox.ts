import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { Mail } from './message.ts'

/**
 * A mail provider that keeps what it is sent: `POST /emails` as Resend's API takes it, and
 * `GET /emails?to=<address>` for the tests. A message sent again under the same idempotency key counts once.
 * Below `/flaky`, `/refusing` and `/deaf` it is a provider of that kind.
 */
export const startMailbox = async () => {
  const mails = new Map<string, Mail>()
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost')
    if (incoming.method === 'POST') {
      const key = String(incoming.headers['idempotency-key'])
      if (url.pathname.startsWith('/refusing')) return outgoing.writeHead(422).end()
      if (url.pathname.startsWith('/deaf')) return outgoing.destroy()
      // Takes the message, and loses the answer the first time.
      if (url.pathname.startsWith('/flaky') && !mails.has(key)) {
        mails.set(key, (await json(incoming)) as Mail)
        return outgoing.writeHead(503).end()
      }
      mails.set(key, (await json(incoming)) as Mail)
      return outgoing.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id: key }))
    }
    const to = url.searchParams.get('to') ?? ''
    return outgoing.end(JSON.stringify([...mails.values()].filter((mail) => mail.to.includes(to))))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
