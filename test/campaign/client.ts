import { Agent, request } from 'node:http'
import { json } from 'node:stream/consumers'
import type { Worker } from './stage.ts'

export interface Call {
  path: string
  method?: string
  token?: string
  address?: string
  ifMatch?: string | undefined
  idempotencyKey?: string | undefined
  body?: object
}

export interface Answer {
  /** 0 when none came. */
  status: number
  body: Record<string, unknown> | undefined
  tookMs: number
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })

/** Sends one request and waits for the whole answer; on bare node:http, since the load shares the machine. */
export const send = async (worker: Worker, call: Call): Promise<Answer> => {
  const startedAt = performance.now()
  const { status, body } = await answerTo(worker, call).catch(() => ({ status: 0, body: undefined }))
  return { status, body, tookMs: performance.now() - startedAt }
}

const answerTo = (
  { origin }: Worker,
  { path, method = 'GET', token, address, ifMatch, idempotencyKey, body }: Call,
) =>
  new Promise<Omit<Answer, 'tookMs'>>((resolve, reject) => {
    const content = body && JSON.stringify(body)
    const outgoing = request(`${origin}${path}`, {
      method,
      agent,
      headers: {
        ...(token && { Authorization: `Bearer ${token}` }),
        ...(address && { 'CF-Connecting-IP': address }),
        ...(ifMatch && { 'If-Match': ifMatch }),
        ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
        ...(content && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) }),
      },
    })
    outgoing.on('error', reject)
    outgoing.on('response', async (incoming) => {
      const status = incoming.statusCode ?? 0
      if (status === 204) {
        incoming.resume()
        return resolve({ status, body: undefined })
      }
      json(incoming).then((parsed) => resolve({ status, body: parsed as Record<string, unknown> }), reject)
    })
    outgoing.end(content)
  })
