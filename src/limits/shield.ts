import { createMiddleware } from 'hono/factory'
import type { AppEnv } from '../http/context.ts'
import { withinLimit } from './bound-limit.ts'
import { clientAddress } from './client-address.ts'
import { AUTH_LIMIT, type RateLimiter } from './limits.ts'

/** Stops a flood from one address before anything is read or asked of the database for it. */
export const shield = (limiter: RateLimiter) =>
  createMiddleware<AppEnv>(async function shield(c, next) {
    await withinLimit(c, limiter, AUTH_LIMIT, clientAddress(c.req.header('cf-connecting-ip')))
    await next()
  })
