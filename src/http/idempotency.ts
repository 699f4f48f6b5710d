import { z } from '@hono/zod-openapi'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'

const KEPT_FOR = '24 hours'
const KEY = /^[\x21-\x7e]{1,255}$/

/** The `Idempotency-Key` header of a write, as it came. */
export const IdempotencyKey = z.object({
  'idempotency-key': z.string().regex(KEY, 'must be 1 to 255 visible ASCII characters').optional().openapi({
    description:
      'Makes this write once, however often it is sent: for 24 hours the same request under the same key gets the first answer again',
    example: '019aa2f4-8a3c-7d52-9c11-3f0f5a1b2c3d',
  }),
})

/**
 * Names the request's write by its `Idempotency-Key`, so that it is made once, and its answer given again to
 * whoever of the same user asks the same under the same key. A key that is none is left to the route's contract.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
export const idempotency = createMiddleware<AppEnv>(async function idempotency(c, next) {
  const key = c.req.header('Idempotency-Key')
  if (key !== undefined && KEY.test(key) && !SAFE.has(c.req.method)) {
    c.set('writeKey', { key: `caller:${key}`, request: await hashOf(c.req), keptFor: KEPT_FOR })
  }
  await next()
})

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

interface Asked {
  method: string
  url: string
  header: (name: string) => string | undefined
  arrayBuffer: () => Promise<ArrayBuffer>
}

/** All that the answer depends on, as SHA-256 in hexadecimal. */
const hashOf = async (request: Asked): Promise<string> => {
  const { pathname, search } = new URL(request.url)
  const head = JSON.stringify([request.method, pathname + search, request.header('If-Match') ?? null])
  const text = new TextEncoder().encode(`${head}\n`)
  const body = new Uint8Array(await request.arrayBuffer())
  const bytes = new Uint8Array(text.length + body.length)
  bytes.set(text)
  bytes.set(body, text.length)
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
