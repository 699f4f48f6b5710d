import { createRoute, z } from '@hono/zod-openapi'
import { json, problems } from '../http/contract.ts'
import { createRouter } from '../http/router.ts'

const Health = z.object({ status: z.literal('ok') }).openapi('Health')

const getHealth = createRoute({
  operationId: 'getHealth',
  summary: 'Whether the Worker runs; the database is not asked',
  tags: ['Health'],
  method: 'get',
  path: '/',
  security: [],
  responses: { 200: json(Health, 'It runs') },
})

const getReadiness = createRoute({
  operationId: 'getReadiness',
  summary: 'Whether the Worker runs and the database answers',
  tags: ['Health'],
  method: 'get',
  path: '/ready',
  security: [],
  responses: { 200: json(Health, 'Both do'), ...problems('internal_error', 'unavailable') },
})

/** `askDatabase` rejects when the database does not answer. */
export const healthRoutes = (askDatabase: () => Promise<void>) =>
  createRouter()
    .openapi(getHealth, (c) => c.json({ status: 'ok' as const }, 200))
    .openapi(getReadiness, async (c) => {
      await askDatabase()
      return c.json({ status: 'ok' as const }, 200)
    })
