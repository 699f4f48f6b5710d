import { dataRoute, empty, json, problems } from '../http/contract.ts'
import { ID_PLACE, readCursor } from '../http/cursor.ts'
import { firstPage } from '../http/page.ts'
import { createRouter } from '../http/router.ts'
import { type OwnSession, SessionId, SessionPage, SessionQuery } from './contract.ts'
import { devicesOf } from './device.ts'
import { type SessionRow, sessionsOf } from './repository.ts'

const tags = ['Sessions']

const listSessions = dataRoute({
  operationId: 'listSessions',
  summary: 'List your sessions, newest first',
  tags,
  method: 'get',
  path: '/',
  request: { query: SessionQuery },
  responses: {
    200: json(SessionPage, 'A page of live sessions'),
    ...problems('invalid_request', 'invalid_cursor'),
  },
})

const endOtherSessions = dataRoute({
  operationId: 'endOtherSessions',
  summary: 'End all your sessions but the one that asks',
  tags,
  method: 'delete',
  path: '/',
  responses: { 204: empty('They have ended, and with them every access token of theirs') },
})

const endSession = dataRoute({
  operationId: 'endSession',
  summary: 'End one of your sessions; your current one, too: that is signing out',
  tags,
  method: 'delete',
  path: '/{id}',
  request: { params: SessionId },
  responses: { 204: empty('It has ended, and with it every access token of it'), ...problems('not_found') },
})

const QUERY = 'sessions'

export const sessionRoutes = createRouter()
  .openapi(listSessions, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const rows = await sessionsOf(c.var.scope).page({
      afterId: cursor === undefined ? undefined : readCursor(QUERY, cursor, ID_PLACE)[0],
      limit: limit + 1,
    })
    const { items, nextCursor } = firstPage(QUERY, rows, limit, ({ id }) => [id])
    return c.json({ items: await view(items), nextCursor }, 200)
  })
  .openapi(endOtherSessions, async (c) => {
    await sessionsOf(c.var.scope).endOthers()
    return c.body(null, 204)
  })
  .openapi(endSession, async (c) => {
    await sessionsOf(c.var.scope).end(c.req.valid('param').id)
    return c.body(null, 204)
  })

const view = async (rows: SessionRow[]): Promise<OwnSession[]> => {
  const devices = await devicesOf(rows.map((row) => row.user_agent))
  return rows.map((row, i) => ({
    id: row.id,
    current: row.current,
    device: devices[i] ?? null,
    ipAddress: row.ip_address || null,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
  }))
}
