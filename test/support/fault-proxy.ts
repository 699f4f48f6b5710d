import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer, json } from 'node:stream/consumers'
import type { ChannelReport, Fault } from './faults.ts'

interface Channel extends ChannelReport {
  /** For the calls to come: the first fault for the first call, and so on; null and the end stand for none. */
  faults: (Fault | null)[]
}

/**
 * A proxy in front of the local Neon that counts the calls to it, each one round trip to the database, and
 * plays faults. `GET /calls` answers with the number of all calls. A connection string with
 * `?channel=<name>` has its calls counted apart (`GET /channels/<name>`) and meets the faults that are
 * `PUT` there, and nobody else does.
 */
export const startFaultProxy = async (neonPort: number) => {
  let calls = 0
  const channels = new Map<string, Channel>()
  const channelOf = (name: string): Channel => {
    const channel = channels.get(name) ?? { calls: 0, executed: 0, faults: [] }
    channels.set(name, channel)
    return channel
  }

  const server = createServer(async (incoming, outgoing) => {
    const [, place, name = ''] = incoming.url?.split('/') ?? []
    if (place === 'calls') return outgoing.end(String(calls))
    if (place === 'channels') return control(channelOf(name), incoming, outgoing)

    calls += 1
    const channel = channelOf(channelIn(incoming.headers))
    channel.calls += 1
    const fault = channel.faults.shift()
    if (fault?.when === 'before') return play(fault, outgoing)
    channel.executed += 1
    const answer = await forward(neonPort, incoming, outgoing)
    if (!answer) return outgoing.destroy()
    if (fault) return play(fault, outgoing, answer)
    outgoing.writeHead(answer.status, answer.headers).end(answer.body)
  })
  server.keepAliveTimeout = 120_000
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

const control = async (channel: Channel, incoming: IncomingMessage, outgoing: ServerResponse) => {
  if (incoming.method === 'PUT') channel.faults = (await json(incoming)) as (Fault | null)[]
  const { calls, executed } = channel
  outgoing.end(JSON.stringify({ calls, executed } satisfies ChannelReport))
}

const channelIn = (headers: IncomingHttpHeaders): string => {
  const url = URL.parse(String(headers['neon-connection-string']))
  return url?.searchParams.get('channel') ?? ''
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** The database's own answer, `undefined` without one. A client that goes away takes its call with it. */
const forward = (port: number, incoming: IncomingMessage, outgoing: ServerResponse) =>
  new Promise<Answer | undefined>((resolve) => {
    const { method, url, headers } = incoming
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, async (answer) => {
      const body = await buffer(answer).catch(() => undefined)
      resolve(body && { status: answer.statusCode ?? 502, headers: answer.headers, body })
    })
    onward.on('error', () => resolve(undefined))
    outgoing.on('close', () => onward.destroy())
    incoming.pipe(onward)
  })

const play = ({ answer }: Fault, outgoing: ServerResponse, actual?: Answer) => {
  if (answer === 'hang') return
  if (answer === 'drop') return outgoing.destroy()
  if (answer === 'truncate') {
    const body = actual?.body ?? Buffer.from('{"fields":[],"rows":[]}')
    outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
    return outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy())
  }
  outgoing.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body)
}
