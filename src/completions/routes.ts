import { z } from '@hono/zod-openapi'
import { dataRoute, json, problems } from '../http/contract.ts'
import { readCursor } from '../http/cursor.ts'
import { firstPage } from '../http/page.ts'
import { createRouter } from '../http/router.ts'
import { CompletionPage, CompletionQuery } from './contract.ts'
import { completionsOf } from './repository.ts'
import { completionView } from './view.ts'

const listCompletions = dataRoute({
  operationId: 'listCompletions',
  summary: 'List what you have completed, the latest first: of recurring tasks every time',
  tags: ['Tasks'],
  method: 'get',
  path: '/',
  request: { query: CompletionQuery },
  responses: {
    200: json(CompletionPage, 'A page of it'),
    ...problems('invalid_request', 'invalid_cursor'),
  },
})

const PLACES = z.tuple([z.iso.datetime({ precision: 3 }).regex(/^(?!0000)/), z.uuid()])

export const completionRoutes = createRouter().openapi(listCompletions, async (c) => {
  const { task, limit, cursor } = c.req.valid('query')
  const query = `completions?task=${task ?? ''}`
  const after = cursor === undefined ? undefined : readCursor(query, cursor, PLACES)
  const rows = await completionsOf(c.var.scope).page({ task, after, limit: limit + 1 })
  const { items, nextCursor } = firstPage(query, rows, limit, ({ completedAt, id }) => [completedAt, id])
  return c.json({ items: items.map(completionView), nextCursor }, 200)
})
