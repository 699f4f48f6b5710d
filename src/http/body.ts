import { createMiddleware } from 'hono/factory'
import { problem } from './problem.ts'

const MAX_BODY_BYTES = 64 * 1024

/**
 * Reads the body once, counting what really arrives, so that no handler can wait for or hold more than
 * 64 KiB. Throws `payload_too_large`, or `malformed_json` for bytes that are not UTF-8.
 */
export const boundedBody = createMiddleware(async function boundedBody(c, next) {
  const { body } = c.req.raw
  if (body) {
    const bytes = await readBounded(body)
    if (!isUtf8(bytes)) throw problem('malformed_json')
    c.req.raw = new Request(c.req.raw, { body: bytes })
  }
  await next()
})

/** The bytes of a body of at most 64 KiB; what is longer is left unread. */
const readBounded = async (body: ReadableStream<Uint8Array>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.byteLength
    if (length > MAX_BODY_BYTES) throw problem('payload_too_large')
    chunks.push(chunk)
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.byteLength
  }
  return bytes
}

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes)
    return true
  } catch {
    return false
  }
}
