import { cors } from 'hono/cors'
import { createMiddleware } from 'hono/factory'
import type { AppEnv } from './context.ts'

/** What the API has: a browser asks for leave before it sends anything else. */
const METHODS = ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE']
const REQUEST_HEADERS = ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match', 'Idempotency-Key']
const ANSWER_HEADERS = [
  'ETag',
  'Link',
  'Location',
  'Content-Disposition',
  'Retry-After',
  'RateLimit',
  'RateLimit-Policy',
  'X-Request-Id',
]
/** As long as Chromium remembers a preflight at most. */
const MAX_AGE_SECONDS = 7_200

/**
 * Lets pages of these origins call with tokens, never with cookies: answers their preflights before the
 * gate, and marks every answer, errors too, as theirs to read. For all others nothing changes.
 */
export const crossOrigin = (origins: readonly string[]) => {
  const share = cors({
    origin: [...origins],
    allowMethods: METHODS,
    allowHeaders: REQUEST_HEADERS,
    exposeHeaders: ANSWER_HEADERS,
    maxAge: MAX_AGE_SECONDS,
  })

  return createMiddleware<AppEnv>(async function crossOrigin(c, next) {
    const isListed = origins.includes(c.req.header('Origin') ?? '')
    const asksForLeave = c.req.header('Access-Control-Request-Method') !== undefined
    if (isListed && (c.req.method !== 'OPTIONS' || asksForLeave)) return share(c, next)
    await next()
    if (origins.length > 0) c.header('Vary', 'Origin', { append: true })
  })
}
