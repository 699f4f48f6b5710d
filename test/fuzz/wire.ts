import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** A request as it goes over the wire: nothing of it is mended or escaped on the way. */
export interface Call {
  method: string
  /** Path and query. */
  target: string
  headers: [name: string, value: string][]
  body?: string | Uint8Array | undefined
}

export interface Answer {
  status: number
  /** By names in lower case. */
  headers: Record<string, string | string[] | undefined>
  text: string
  tookMs: number
}

/** A way to that origin which names no other host than `host`, over connections that are kept. */
export const wireTo = (origin: string, host: string, connections: number) => {
  const { hostname, port } = new URL(origin)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })

  const send = ({ method, target, headers, body }: Call): Promise<Answer> => {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body
    const fields = [['Host', host], ...headers, ...(bytes ? [['Content-Length', String(bytes.length)]] : [])]
    const startedAt = performance.now()
    return new Promise((resolve, reject) => {
      const outgoing = request(
        { agent, hostname, port, method, path: target, headers: fields.flat().map(asBytes) },
        async (incoming) => {
          try {
            const text = (await buffer(incoming)).toString()
            const tookMs = performance.now() - startedAt
            resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, tookMs })
          } catch (error) {
            reject(error)
          }
        },
      )
      outgoing.on('error', reject)
      outgoing.end(bytes)
    })
  }
  return { send, close: () => agent.destroy() }
}

/** What the server reads of a body: a byte order mark before the text is no part of it (RFC 8259, 8.1). Throws where it is no JSON. */
export const jsonOf = ({ body }: Call): unknown => JSON.parse(String(body ?? '').replace(/^\ufeff/, ''))

/** Node writes each character of a header as one byte; with this they are the bytes of UTF-8. */
const asBytes = (text: string) => Buffer.from(text).toString('latin1')

/** Whether a header can hold it at all. */
export const fitsHeader = (text: string) =>
  [...text].every((character) => character >= ' ' || character === '\t')

/** A call as one could type it, for reports. */
export const described = ({ method, target, headers, body }: Call): string =>
  [
    `${method} ${target}`,
    ...headers.map(([name, value]) => `${name}: ${name === 'Authorization' ? '…' : JSON.stringify(value)}`),
    ...(body === undefined
      ? []
      : [shortened(typeof body === 'string' ? JSON.stringify(body) : `bytes ${body}`)]),
  ].join('\n  ')

export const shortened = (text: string) =>
  text.length > 600 ? `${text.slice(0, 600)}… (${text.length} characters)` : text
