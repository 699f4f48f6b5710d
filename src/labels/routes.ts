import { etagOf, IfMatch, IfNoneMatch, isCurrent } from '../http/conditional.ts'
import { dataRoute, empty, json, jsonBody, problems, TAGGED } from '../http/contract.ts'
import { readCursor, TEXT_PLACE } from '../http/cursor.ts'
import { IdInPath } from '../http/fields.ts'
import { firstPage } from '../http/page.ts'
import { problem } from '../http/problem.ts'
import { createRouter } from '../http/router.ts'
import { Label, LabelPage, LabelPatch, LabelQuery, NewLabel } from './contract.ts'
import { labelsOf } from './repository.ts'
import { labelView } from './view.ts'

const tags = ['Labels']

const listLabels = dataRoute({
  operationId: 'listLabels',
  summary: 'List your labels by name',
  tags,
  method: 'get',
  path: '/',
  request: { query: LabelQuery },
  responses: { 200: json(LabelPage, 'A page of labels'), ...problems('invalid_request', 'invalid_cursor') },
})

const createLabel = dataRoute({
  operationId: 'createLabel',
  summary: 'Add a label',
  tags,
  method: 'post',
  path: '/',
  request: { body: jsonBody(NewLabel) },
  responses: {
    201: json(Label, 'The new label', { ...TAGGED, Location: 'Its path' }),
    ...problems('conflict', 'quota_exceeded'),
  },
})

const getLabel = dataRoute({
  operationId: 'getLabel',
  summary: 'Read a label',
  tags,
  method: 'get',
  path: '/{id}',
  request: { params: IdInPath, headers: IfNoneMatch },
  responses: {
    200: json(Label, 'The label', TAGGED),
    304: empty('The copy that `If-None-Match` names is current', TAGGED),
    ...problems('not_found'),
  },
})

const changeLabel = dataRoute({
  operationId: 'changeLabel',
  summary: 'Change some fields of a label',
  tags,
  method: 'patch',
  path: '/{id}',
  request: { params: IdInPath, headers: IfMatch, body: jsonBody(LabelPatch) },
  responses: {
    200: json(Label, 'The changed label', TAGGED),
    ...problems('not_found', 'precondition_failed', 'conflict'),
  },
})

const deleteLabel = dataRoute({
  operationId: 'deleteLabel',
  summary: 'Put a label into the trash, and take it off every task',
  tags,
  method: 'delete',
  path: '/{id}',
  request: { params: IdInPath, headers: IfMatch },
  responses: { 204: empty('It is in the trash'), ...problems('not_found', 'precondition_failed') },
})

const QUERY = 'labels'

export const labelRoutes = createRouter()
  .openapi(listLabels, async (c) => {
    const { limit, cursor } = c.req.valid('query')
    const rows = await labelsOf(c.var.scope).page({
      afterName: cursor === undefined ? undefined : readCursor(QUERY, cursor, TEXT_PLACE)[0],
      limit: limit + 1,
    })
    const { items, nextCursor } = firstPage(QUERY, rows, limit, ({ name }) => [name])
    return c.json({ items: items.map(labelView), nextCursor }, 200)
  })
  .openapi(createLabel, async (c) => {
    const label = await labelsOf(c.var.scope).add(c.req.valid('json'))
    c.header('Location', `/v1/labels/${label.id}`)
    c.header('ETag', etagOf(label.version))
    return c.json(labelView(label), 201)
  })
  .openapi(getLabel, async (c) => {
    const label = await labelsOf(c.var.scope).find(c.req.valid('param').id)
    if (!label) throw problem('not_found')
    const etag = etagOf(label.version)
    c.header('ETag', etag)
    if (isCurrent(c.req.valid('header')['if-none-match'], etag)) return c.body(null, 304)
    return c.json(labelView(label), 200)
  })
  .openapi(changeLabel, async (c) => {
    const { id } = c.req.valid('param')
    const label = await labelsOf(c.var.scope).change(
      id,
      c.req.valid('json'),
      c.req.valid('header')['if-match'],
    )
    c.header('ETag', etagOf(label.version))
    return c.json(labelView(label), 200)
  })
  .openapi(deleteLabel, async (c) => {
    await labelsOf(c.var.scope).remove(c.req.valid('param').id, c.req.valid('header')['if-match'])
    return c.body(null, 204)
  })
