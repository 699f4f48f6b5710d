import { etagOf, IfMatch, IfNoneMatch, isCurrent } from '../http/conditional.ts'
import { dataRoute, empty, json, jsonBody, problems, TAGGED } from '../http/contract.ts'
import { readCursor, TEXT_PLACE } from '../http/cursor.ts'
import { IdInPath } from '../http/fields.ts'
import { firstPage } from '../http/page.ts'
import { problem } from '../http/problem.ts'
import { createRouter } from '../http/router.ts'
import { List, ListMove, ListPage, ListPatch, ListQuery, NewList } from './contract.ts'
import { listsOf } from './repository.ts'
import { listView } from './view.ts'

const tags = ['Lists']

const listLists = dataRoute({
  operationId: 'listLists',
  summary: 'List your lists, in your order',
  tags,
  method: 'get',
  path: '/',
  request: { query: ListQuery },
  responses: { 200: json(ListPage, 'A page of lists'), ...problems('invalid_request', 'invalid_cursor') },
})

const createList = dataRoute({
  operationId: 'createList',
  summary: 'Add a list, at the end',
  tags,
  method: 'post',
  path: '/',
  request: { body: jsonBody(NewList) },
  responses: {
    201: json(List, 'The new list', { ...TAGGED, Location: 'Its path' }),
    ...problems('conflict', 'quota_exceeded'),
  },
})

const getList = dataRoute({
  operationId: 'getList',
  summary: 'Read a list',
  tags,
  method: 'get',
  path: '/{id}',
  request: { params: IdInPath, headers: IfNoneMatch },
  responses: {
    200: json(List, 'The list', TAGGED),
    304: empty('The copy that `If-None-Match` names is current', TAGGED),
    ...problems('not_found'),
  },
})

const changeList = dataRoute({
  operationId: 'changeList',
  summary: 'Change some fields of a list',
  tags,
  method: 'patch',
  path: '/{id}',
  request: { params: IdInPath, headers: IfMatch, body: jsonBody(ListPatch) },
  responses: { 200: json(List, 'The changed list', TAGGED), ...problems('not_found', 'precondition_failed') },
})

const moveList = dataRoute({
  operationId: 'moveList',
  summary: 'Move a list to another place in your order',
  tags,
  method: 'post',
  path: '/{id}/move',
  request: { params: IdInPath, headers: IfMatch, body: jsonBody(ListMove) },
  responses: {
    200: json(List, 'The list in its place', TAGGED),
    ...problems('not_found', 'precondition_failed'),
  },
})

const deleteList = dataRoute({
  operationId: 'deleteList',
  summary: 'Put a list and its tasks into the trash',
  tags,
  method: 'delete',
  path: '/{id}',
  request: { params: IdInPath, headers: IfMatch },
  responses: { 204: empty('It is in the trash'), ...problems('not_found', 'precondition_failed') },
})

export const listRoutes = createRouter()
  .openapi(listLists, async (c) => {
    const { archived, limit, cursor } = c.req.valid('query')
    const query = `lists?archived=${archived ?? ''}`
    const rows = await listsOf(c.var.scope).page({
      archived,
      afterPosition: cursor === undefined ? undefined : readCursor(query, cursor, TEXT_PLACE)[0],
      limit: limit + 1,
    })
    const { items, nextCursor } = firstPage(query, rows, limit, ({ position }) => [position])
    return c.json({ items: items.map(listView), nextCursor }, 200)
  })
  .openapi(createList, async (c) => {
    const list = await listsOf(c.var.scope).add(c.req.valid('json'))
    c.header('Location', `/v1/lists/${list.id}`)
    c.header('ETag', etagOf(list.version))
    return c.json(listView(list), 201)
  })
  .openapi(getList, async (c) => {
    const list = await listsOf(c.var.scope).find(c.req.valid('param').id)
    if (!list) throw problem('not_found')
    const etag = etagOf(list.version)
    c.header('ETag', etag)
    if (isCurrent(c.req.valid('header')['if-none-match'], etag)) return c.body(null, 304)
    return c.json(listView(list), 200)
  })
  .openapi(changeList, async (c) => {
    const { id } = c.req.valid('param')
    const list = await listsOf(c.var.scope).change(id, c.req.valid('json'), c.req.valid('header')['if-match'])
    c.header('ETag', etagOf(list.version))
    return c.json(listView(list), 200)
  })
  .openapi(moveList, async (c) => {
    const { id } = c.req.valid('param')
    const list = await listsOf(c.var.scope).move(id, c.req.valid('json'), c.req.valid('header')['if-match'])
    c.header('ETag', etagOf(list.version))
    return c.json(listView(list), 200)
  })
  .openapi(deleteList, async (c) => {
    await listsOf(c.var.scope).remove(c.req.valid('param').id, c.req.valid('header')['if-match'])
    return c.body(null, 204)
  })
