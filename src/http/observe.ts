import { createMiddleware } from 'hono/factory'
import { routePath } from 'hono/route'
import type { AppEnv, Timings } from './context.ts'

/** Names the request, times it, and writes its one line of log: no parameter values, no tokens, no bodies. */
export const observe = createMiddleware<AppEnv>(async function observe(c, next) {
  const startedAt = performance.now()
  const requestId = crypto.randomUUID()
  const timings: Timings = {}
  c.set('requestId', requestId)
  c.set('timings', timings)

  await next()

  c.res.headers.set('X-Request-Id', requestId)
  if (c.res.ok && (timings.auth !== undefined || timings.database !== undefined)) {
    c.res.headers.set('Server-Timing', serverTiming(timings))
  }
  console.log(
    JSON.stringify({
      requestId,
      method: c.req.method,
      route: routePath(c, -1),
      status: c.res.status,
      durationMs: Math.round(performance.now() - startedAt),
      databaseMs: timings.database && Math.round(timings.database),
      refusal: c.var.refusal,
      sqlState: c.var.sqlState,
    }),
  )
})

/** Forbids every cache to keep the answer. */
export const noStore = createMiddleware(async function noStore(c, next) {
  await next()
  c.res.headers.set('Cache-Control', 'no-store')
})

const serverTiming = ({ auth, database }: Timings): string =>
  [
    auth !== undefined && `auth;dur=${auth.toFixed(1)}`,
    database !== undefined && `db;dur=${database.toFixed(1)}`,
  ]
    .filter((metric) => metric !== false)
    .join(', ')
