import { z } from '@hono/zod-openapi'
import { dataRoute, empty, json, problems } from '../http/contract.ts'
import { readCursor } from '../http/cursor.ts'
import { IdInPath } from '../http/fields.ts'
import { firstPage } from '../http/page.ts'
import { createRouter } from '../http/router.ts'
import { Purged, Restored, TrashPage, TrashQuery } from './contract.ts'
import { trashOf } from './repository.ts'

const tags = ['Trash']

const listTrash = dataRoute({
  operationId: 'listTrash',
  summary: 'List what you have deleted, the latest first',
  tags,
  method: 'get',
  path: '/',
  request: { query: TrashQuery },
  responses: { 200: json(TrashPage, 'A page of it'), ...problems('invalid_request', 'invalid_cursor') },
})

const restore = dataRoute({
  operationId: 'restore',
  summary: 'Take something back, with all that went into the trash with it',
  tags,
  method: 'post',
  path: '/{id}/restoration',
  request: { params: IdInPath },
  responses: { 200: json(Restored, 'It is where it was'), ...problems('not_found', 'conflict') },
})

const purge = dataRoute({
  operationId: 'purge',
  summary: 'Delete something for good, with all that went into the trash with it',
  tags,
  method: 'delete',
  path: '/{id}',
  request: { params: IdInPath },
  responses: { 204: empty('It is gone'), ...problems('not_found') },
})

const emptyTrash = dataRoute({
  operationId: 'emptyTrash',
  summary: 'Delete for good what has been in the trash for the longest: up to 1,000 things',
  tags,
  method: 'delete',
  path: '/',
  responses: { 200: json(Purged, 'They are gone') },
})

const QUERY = 'trash'
const PLACES = z.tuple([
  z.iso.datetime({ precision: 3 }).regex(/^(?!0000)/),
  z.enum(['task', 'list', 'label']),
  z.uuid(),
])

export const trashRoutes = createRouter()
  .openapi(listTrash, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const after = cursor === undefined ? undefined : readCursor(QUERY, cursor, PLACES)
    const rows = await trashOf(c.var.scope).page({ after, limit: limit + 1 })
    const { items, nextCursor } = firstPage(QUERY, rows, limit, ({ deleted_at, id, type }) => [
      deleted_at,
      type,
      id,
    ])
    const view = ({ deleted_at, ...thing }: (typeof items)[number]) => ({ ...thing, deletedAt: deleted_at })
    return c.json({ items: items.map(view), nextCursor }, 200)
  })
  .openapi(restore, async (c) => c.json(await trashOf(c.var.scope).restore(c.req.valid('param').id), 200))
  .openapi(purge, async (c) => {
    await trashOf(c.var.scope).purge(c.req.valid('param').id)
    return c.body(null, 204)
  })
  .openapi(emptyTrash, async (c) => c.json(await trashOf(c.var.scope).empty(), 200))
