import { createMiddleware } from 'hono/factory'
import { problem } from './problem.ts'

/** Refuses a query parameter without a name (`?=x`), which the framework would leave out in silence. */
export const namedQuery = createMiddleware(async function namedQuery(c, next) {
  const [, query = ''] = /\?(.*)$/s.exec(c.req.url) ?? []
  if (/(?:^|&)=/.test(query)) {
    throw problem('invalid_request', { errors: [{ path: '', message: 'must have a name' }] })
  }
  await next()
})
