import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { elementTypes, type Output, renderResult } from './answer.ts'
import type { Backend } from './backend.ts'
import { runCall, type TransactionMode } from './call.ts'
import { parseLogin } from './login.ts'
import { parsePayload } from './payload.ts'
import { Refusal, renderFailure } from './refusal.ts'
import { report } from './report.ts'

/** Neon's limits for one request and one response. */
const MAX_REQUEST_BYTES = 10 * 1024 * 1024
const MAX_RESPONSE_BYTES = 10 * 1024 * 1024

/** Longer than clients keep idle connections, so that a request never meets a connection being closed. */
const KEEP_ALIVE_MS = 120_000

/** An HTTP server that answers `POST /sql` as Neon's proxy does, from `backend`. */
export const neonHttpServer = (backend: Backend) => {
  const server = createServer((request, response) => {
    const path = request.url?.split('?', 1)[0]
    if (path === '/sql' && request.method === 'POST') void answer(backend, request, response)
    else if (path === '/sql' && request.method === 'OPTIONS') preflight(response)
    else send(response, 400, '"query is not supported"')
  })
  server.keepAliveTimeout = KEEP_ALIVE_MS
  return server
}

const answer = async (backend: Backend, request: IncomingMessage, response: ServerResponse) => {
  const gone = new AbortController()
  const leave = () => gone.abort(new Error('the client went away'))
  response.once('close', leave)
  // Heard sooner than the response's end, which matters when the event loop was blocked by a statement.
  request.socket.once('end', leave)
  response.setHeader('Access-Control-Allow-Origin', '*')
  try {
    send(response, 200, await resultOf(backend, request, response, gone.signal))
  } catch (failure) {
    if (gone.signal.aborted) return
    const { status, body } = renderFailure(failure)
    if (status === 500 && !(failure instanceof Refusal)) report('A call failed unexpectedly', failure)
    if (status === 413) response.setHeader('Connection', 'close')
    send(response, status, body)
  } finally {
    response.off('close', leave)
    request.socket.off('end', leave)
  }
}

const resultOf = async (
  backend: Backend,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
) => {
  const login = parseLogin(header(request, 'neon-connection-string'), request.headers.authorization)
  const output: Output = {
    raw: isTrue(request, 'neon-raw-text-output'),
    arrayMode: isTrue(request, 'neon-array-mode'),
  }
  const mode = transactionMode(request)
  const payload = parsePayload(await bodyOf(request))

  return backend.use(login, signal, async (session) => {
    const budget = { limit: MAX_RESPONSE_BYTES, used: 0 }
    const results = await runCall(session, payload, mode, budget)
    const elements = output.raw ? new Map<number, number>() : await elementTypes(session.client, results)
    const rendered = payload.statements.flatMap((statement, i) => {
      const result = results[i]
      return result ? [renderResult(result, statement, output, elements)] : []
    })
    if (!payload.batch) return rendered.join('')
    echo(request, response, ['Neon-Batch-Read-Only', 'Neon-Batch-Deferrable', 'Neon-Batch-Isolation-Level'])
    return `{"results":[${rendered}]}`
  })
}

const header = (request: IncomingMessage, name: string) => {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}

const isTrue = (request: IncomingMessage, name: string) => header(request, name) === 'true'

const ISOLATION_LEVELS: ReadonlyMap<string, string> = new Map([
  ['Serializable', 'SERIALIZABLE'],
  ['ReadUncommitted', 'READ UNCOMMITTED'],
  ['ReadCommitted', 'READ COMMITTED'],
  ['RepeatableRead', 'REPEATABLE READ'],
])

const transactionMode = (request: IncomingMessage): TransactionMode => {
  const level = header(request, 'neon-batch-isolation-level')
  const isolation = level === undefined ? undefined : ISOLATION_LEVELS.get(level)
  if (level !== undefined && isolation === undefined) throw new Refusal(400, 'invalid isolation level')
  return {
    isolation,
    readOnly: isTrue(request, 'neon-batch-read-only'),
    deferrable: isTrue(request, 'neon-batch-deferrable'),
  }
}

const bodyOf = async (request: IncomingMessage) => {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MAX_REQUEST_BYTES) {
      throw new Refusal(413, `request is too large (max is ${MAX_REQUEST_BYTES} bytes)`)
    }
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** A batch's answer repeats the transaction headers that counted. */
const echo = (request: IncomingMessage, response: ServerResponse, names: string[]) => {
  for (const name of names) {
    const value = header(request, name.toLowerCase())
    if (value !== undefined && (value === 'true' || ISOLATION_LEVELS.has(value)))
      response.setHeader(name, value)
  }
}

const preflight = (response: ServerResponse) => {
  response.writeHead(200, {
    Allow: 'OPTIONS, POST',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers':
      'Authorization, Neon-Connection-String, Neon-Raw-Text-Output, Neon-Array-Mode, Neon-Pool-Opt-In, Neon-Batch-Read-Only, Neon-Batch-Isolation-Level',
    'Access-Control-Max-Age': '86400',
  })
  response.end()
}

const send = (response: ServerResponse, status: number, json: string) => {
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(json),
  })
  response.end(json)
}
