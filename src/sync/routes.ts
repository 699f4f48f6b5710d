import { z } from '@hono/zod-openapi'
import { dataRoute, json, problems } from '../http/contract.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { problem } from '../http/problem.ts'
import { createRouter } from '../http/router.ts'
import { Changes, SyncQuery } from './contract.ts'
import { changesOf, type Position } from './repository.ts'

const sync = dataRoute({
  operationId: 'sync',
  summary: 'Keep in step: all that has changed since the answer before',
  tags: ['Sync'],
  method: 'get',
  path: '/',
  request: { query: SyncQuery },
  responses: {
    200: json(Changes, 'What has changed'),
    ...problems('invalid_request', 'invalid_cursor', 'sync_expired'),
  },
})

const QUERY = 'sync'
const number = z.string().regex(/^\d{1,15}$/)
const PLACES = z.tuple([number, z.uuid(), z.string().regex(/^[a-z]*$/), number])

export const syncRoutes = createRouter().openapi(sync, async (c) => {
  const { since, limit } = c.req.valid('query')
  const step = await changesOf(c.var.scope).after(since === undefined ? undefined : positionIn(since), limit)
  if (!step) throw problem('sync_expired')
  const { changes, position, more } = step
  return c.json({ changes, next: tokenOf(position), more }, 200)
})

const tokenOf = ({ write, id, type, knowsGone }: Position): string =>
  writeCursor(QUERY, [String(write), id, type, String(knowsGone)])

const positionIn = (token: string): Position => {
  const [write, id, type, knowsGone] = readCursor(QUERY, token, PLACES)
  return { write: Number(write), id, type, knowsGone: Number(knowsGone) }
}
