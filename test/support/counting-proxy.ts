import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * A proxy in front of the local Neon that counts the calls to it: `GET /calls` answers with the number
 * since the start. Each call to Neon is one round trip to the database.
 */
export const startCountingProxy = async (neonPort: number) => {
  let calls = 0
  const server = createServer((incoming, outgoing) => {
    if (incoming.url === '/calls') {
      outgoing.end(String(calls))
      return
    }
    calls += 1
    const { method, url, headers } = incoming
    const onward = request({ host: '127.0.0.1', port: neonPort, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    onward.on('error', () => outgoing.destroy())
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
