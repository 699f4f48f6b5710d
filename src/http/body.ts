import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'
import { misfitsIn } from './json-shape.ts'
import { problem } from './problem.ts'

const MAX_BODY_BYTES = 64 * 1024

/**
 * Reads the body once, counting what really arrives, so that no handler can wait for or hold more than
 * 64 KiB, nor meet JSON that is built to exhaust it. Throws `payload_too_large`; `request_timeout` for a body that takes
 * longer than `deadlineMs`; `malformed_json` for bytes that are not UTF-8; `invalid_request` for the shape.
 */
export const boundedBody = ({ deadlineMs }: { deadlineMs: number }) =>
  createMiddleware<AppEnv>(async function boundedBody(c, next) {
    const request = c.req.raw
    if (request.body) {
      if (Number(request.headers.get('Content-Length')) > MAX_BODY_BYTES) {
        abandon(request.body)
        throw problem('payload_too_large')
      }
      const read = await readBounded(request.body, deadlineMs)
      if (read === 'too long') throw problem('payload_too_large')
      if (read === 'too slow') throw problem('request_timeout')
      const text = read === 'cut off' ? undefined : utf8(read)
      if (read === 'cut off' || text === undefined) {
        c.set('refusal', read === 'cut off' ? 'body_cut_off' : 'not_utf8')
        throw problem('malformed_json')
      }
      const errors = misfitsIn(text)
      if (errors.length > 0) throw problem('invalid_request', { errors })
      c.req.raw = withBody(request, read)
    }
    await next()
  })

/** The bytes of a body, or why they were not all read: the rest is then left unread and the stream told so. */
const readBounded = async (
  body: ReadableStream<Uint8Array>,
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
      if (length > MAX_BODY_BYTES) return 'too long'
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
