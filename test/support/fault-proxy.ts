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
import { setTimeout as sleep } from 'node:timers/promises'
import type { ChannelReport, Fault, Weather } from './faults.ts'
import { randomOf } from './random.ts'

interface Channel extends ChannelReport {
  /** The fault that the next call meets, if any. */
  draw: () => Fault | null | undefined
}

interface FaultProxyOptions {
  /** Names the channel that a call comes over. */
  channelOf?: (headers: IncomingHttpHeaders, body: Buffer) => string
}

/**
 * A proxy in front of the local Neon that counts the calls to it, each one round trip to the database, and
 * plays faults. `GET /calls` answers with the number of all calls. A connection string with
 * `?channel=<name>` has its calls counted apart (`GET /channels/<name>`) and meets the faults that are
 * `PUT` there, and nobody else does: a list, whose first is for the first call, while null and the end
 * stand for none; or a `Weather`. `channelOf` tells channels apart by something else.
 */
export const startFaultProxy = async (
  neonPort: number,
  { channelOf: nameOfChannel = channelIn }: FaultProxyOptions = {},
) => {
  let calls = 0
  const channels = new Map<string, Channel>()
  const channelOf = (name: string): Channel => {
    const channel = channels.get(name) ?? {
      calls: 0,
      executed: 0,
      played: 0,
      underWay: 0,
      draw: () => undefined,
    }
    channels.set(name, channel)
    return channel
  }

  const server = createServer(async (incoming, outgoing) => {
    const [, place, name = ''] = incoming.url?.split('/') ?? []
    if (place === 'calls') return outgoing.end(String(calls))
    if (place === 'channels') return control(channelOf(name), incoming, outgoing)

    calls += 1
    const body = await buffer(incoming).catch(() => undefined)
    if (!body) return
    const channel = channelOf(nameOfChannel(incoming.headers, body))
    channel.calls += 1
    const fault = channel.draw()
    if (fault) channel.played += 1
    if (fault?.when === 'before') return play(fault, outgoing)

    channel.executed += 1
    channel.underWay += 1
    if (fault?.when === 'later') {
      sleep(fault.delayMs)
        .then(() => forward(neonPort, incoming, body).answer)
        .finally(() => {
          channel.underWay -= 1
        })
      return play(fault, outgoing)
    }
    const calling = forward(neonPort, incoming, fault?.when === 'rolled back' ? withoutCommit(body) : body)
    // A client that goes away takes its call with it.
    outgoing.on('close', calling.cancel)
    const answer = await calling.answer
    channel.underWay -= 1
    if (!answer) return outgoing.destroy()
    if (fault) return sleep(fault.delayMs).then(() => play(fault, outgoing, answer))
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
  if (incoming.method === 'PUT') channel.draw = drawFrom((await json(incoming)) as (Fault | null)[] | Weather)
  const { draw: _, ...report } = channel
  outgoing.end(JSON.stringify(report satisfies ChannelReport))
}

const drawFrom = (plan: (Fault | null)[] | Weather): Channel['draw'] => {
  if (Array.isArray(plan)) return () => plan.shift()
  const random = randomOf(plan.seed)
  return () => (random() < plan.rate ? plan.faults[Math.floor(random() * plan.faults.length)] : undefined)
}

const channelIn = (headers: IncomingHttpHeaders): string => {
  const url = URL.parse(String(headers['neon-connection-string']))
  return url?.searchParams.get('channel') ?? ''
}

/** The call with a last statement that kills its own session: all before it runs, nothing is committed. */
const withoutCommit = (body: Buffer): Buffer => {
  const call = JSON.parse(String(body))
  const queries = [...(call.queries ?? [call]), { query: KILL_OWN_SESSION, params: [] }]
  return Buffer.from(JSON.stringify({ queries }))
}

const KILL_OWN_SESSION = 'select pg_terminate_backend(pg_backend_pid())'

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** Makes the call; `answer` is the database's own, `undefined` without one. */
const forward = (port: number, { method, url, headers }: IncomingMessage, body: Buffer) => {
  const { 'transfer-encoding': _, ...others } = headers
  const onward = request({
    host: '127.0.0.1',
    port,
    method,
    path: url,
    headers: { ...others, 'content-length': body.length },
  })
  const answer = new Promise<Answer | undefined>((resolve) => {
    onward.on('error', () => resolve(undefined))
    onward.on('response', async (response) => {
      const content = await buffer(response).catch(() => undefined)
      resolve(content && { status: response.statusCode ?? 502, headers: response.headers, body: content })
    })
  })
  onward.end(body)
  return { answer, cancel: () => onward.destroy() }
}

const play = ({ answer }: Fault, outgoing: ServerResponse, actual?: Answer) => {
  if (answer === 'hang') return
  if (answer === 'drop') return outgoing.destroy()
  if (answer === 'actual') {
    const { status, headers, body } = actual ?? NO_ANSWER
    return outgoing.writeHead(status, headers).end(body)
  }
  if (answer === 'truncate') {
    const { body } = actual ?? NO_ANSWER
    outgoing.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length })
    return outgoing.write(body.subarray(0, body.length / 2), () => outgoing.destroy())
  }
  outgoing.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(answer.body)
}

const NO_ANSWER: Answer = { status: 502, headers: {}, body: Buffer.from('{"fields":[],"rows":[]}') }
