import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import { misfitsIn } from './json-shape.ts'
import { problem } from './problem.ts'

/** What a body may be. */
interface BodyLimits {
  maxBytes: number
  /** In an array of JSON. */
  maxItems: number
  /** Types of content that are no JSON, whose shape is looked at. */
  textTypes?: RegExp
  /** What to tell those who send more. */
  tooLarge?: string
}

const USUAL: BodyLimits = { maxBytes: 64 * 1024, maxItems: 100 }

/**
 * Reads the body once, counting what really arrives, so that no handler can wait for or hold more than
 * 64 KiB, nor meet JSON that is built to exhaust it; `others` has the paths that take more. Throws `payload_too_large`; `request_timeout` for a body that takes
 * longer than `deadlineMs`; `malformed_json` for bytes that are not UTF-8; `invalid_request` for the shape.
 */
export const boundedBody = ({ deadlineMs, others = {} }: Options) =>
  createMiddleware<AppEnv>(async function boundedBody(c, next) {
    const request = c.req.raw
    if (request.body) {
      const { maxBytes, maxItems, textTypes, tooLarge } = others[c.req.path] ?? USUAL
      const tooLong = () =>
        problem('payload_too_large', tooLarge ? { errors: [{ path: '', message: tooLarge }] } : {})
      if (Number(request.headers.get('Content-Length')) > maxBytes) {
        abandon(request.body)
        throw tooLong()
      }
      const read = await readBounded(request.body, maxBytes, deadlineMs)
      if (read === 'too long') throw tooLong()
      if (read === 'too slow') throw problem('request_timeout')
      const text = read === 'cut off' ? undefined : utf8(read)
      if (read === 'cut off' || text === undefined) {
        c.set('refusal', read === 'cut off' ? 'body_cut_off' : 'not_utf8')
        throw problem('malformed_json')
      }
      const isText = textTypes?.test(request.headers.get('Content-Type') ?? '') ?? false
      const errors = isText ? [] : misfitsIn(text, maxItems)
      if (errors.length > 0) throw problem('invalid_request', { errors })
      c.req.raw = withBody(request, read)
    }
    await next()
  })

interface Options {
  deadlineMs: number
  others?: Readonly<Record<string, BodyLimits>>
}

/** The bytes of a body, or why they were not all read: the rest is then left unread and the stream told so. */
const readBounded = async (
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  deadlineMs: number,
): Promise<Uint8Array<ArrayBuffer> | 'too long' | 'too slow' | 'cut off'> => {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let length = 0
  const { promise: deadline, resolve } = Promise.withResolvers<'too slow'>()
  const timer = setTimeout(() => resolve('too slow'), deadlineMs)
  try {
    for (;;) {
      const next = await Promise.race([reader.read(), deadline])
      if (next === 'too slow') return next
      if (next.done) return joined(chunks, length)
      length += next.value.byteLength
      if (length > maxBytes) return 'too long'
      chunks.push(next.value)
    }
  } catch {
    return 'cut off'
  } finally {
    clearTimeout(timer)
    abandon(reader)
  }
}

/** Tells the sender's stream that nobody reads on; whether it listens is not waited for. */
const abandon = (stream: { cancel: () => Promise<void> }): void => {
  stream.cancel().catch(() => {})
}

const joined = (chunks: Uint8Array[], length: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

const utf8 = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
  } catch {
    return undefined
  }
}

/** A body says nothing on GET and HEAD (RFC 9110, 9.3.1), and a `Request` of these cannot have one. */
const withBody = (request: Request, body: Uint8Array<ArrayBuffer>): Request => {
  const { url, method, headers, signal } = request
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal })
  return new Request(request, { body })
}
