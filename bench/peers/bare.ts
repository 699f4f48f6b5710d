import { Hono } from 'hono'

/** Hono and nothing else: what the runtime and the framework cost. */
export default new Hono().get('/v1/tasks', (c) => c.json({ status: 'ok' }))
