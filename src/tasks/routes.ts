import { etagOf, IfMatch, IfNoneMatch, isCurrent } from '../http/conditional.ts'
import { dataRoute, empty, json, jsonBody, problems, TAGGED } from '../http/contract.ts'
import { readCursor } from '../http/cursor.ts'
import { IdInPath } from '../http/fields.ts'
import { firstPage } from '../http/page.ts'
import { problem } from '../http/problem.ts'
import { createRouter } from '../http/router.ts'
import { workedOut } from '../recurrence/work-out.ts'
import { Completing, NewTask, Task, TaskMove, TaskPage, TaskPatch } from './contract.ts'
import { TaskQuery } from './query.ts'
import { tasksOf } from './repository.ts'
import { orderedBy } from './selection.ts'
import { taskView } from './view.ts'

const listTasks = dataRoute({
  operationId: 'listTasks',
  summary: 'List tasks: filtered, searched, in any order',
  tags: ['Tasks'],
  method: 'get',
  path: '/',
  request: { query: TaskQuery },
  responses: { 200: json(TaskPage, 'A page of tasks'), ...problems('invalid_request', 'invalid_cursor') },
})

const createTask = dataRoute({
  operationId: 'createTask',
  summary: 'Add a task',
  tags: ['Tasks'],
  method: 'post',
  path: '/',
  request: { body: jsonBody(NewTask) },
  responses: {
    201: json(Task, 'The new task', { ...TAGGED, Location: 'Its path' }),
    ...problems('conflict', 'quota_exceeded'),
  },
})

const getTask = dataRoute({
  operationId: 'getTask',
  summary: 'Read a task',
  tags: ['Tasks'],
  method: 'get',
  path: '/{id}',
  request: { params: IdInPath, headers: IfNoneMatch },
  responses: {
    200: json(Task, 'The task', TAGGED),
    304: empty('The copy that `If-None-Match` names is current', TAGGED),
    ...problems('not_found'),
  },
})

const changeTask = dataRoute({
  operationId: 'changeTask',
  summary: 'Change some fields of a task',
  tags: ['Tasks'],
  method: 'patch',
  path: '/{id}',
  request: { params: IdInPath, headers: IfMatch, body: jsonBody(TaskPatch) },
  responses: { 200: json(Task, 'The changed task', TAGGED), ...problems('not_found', 'precondition_failed') },
})

const moveTask = dataRoute({
  operationId: 'moveTask',
  summary: 'Move a task to another place: in your order, to a list, below a task',
  tags: ['Tasks'],
  method: 'post',
  path: '/{id}/move',
  request: { params: IdInPath, headers: IfMatch, body: jsonBody(TaskMove) },
  responses: {
    200: json(Task, 'The task in its place', TAGGED),
    ...problems('not_found', 'precondition_failed'),
  },
})

const deleteTask = dataRoute({
  operationId: 'deleteTask',
  summary: 'Put a task, and those below it, into the trash',
  tags: ['Tasks'],
  method: 'delete',
  path: '/{id}',
  request: { params: IdInPath, headers: IfMatch },
  responses: { 204: empty('It is in the trash'), ...problems('not_found', 'precondition_failed') },
})

const completeTask = dataRoute({
  operationId: 'completeTask',
  summary: 'Complete a task; one that recurs is due again then',
  tags: ['Tasks'],
  method: 'post',
  path: '/{id}/completion',
  request: { params: IdInPath, query: Completing, headers: IfMatch },
  responses: {
    200: json(Task, 'The task as it is then', TAGGED),
    ...problems('not_found', 'precondition_failed', 'conflict'),
  },
})

const reopenTask = dataRoute({
  operationId: 'reopenTask',
  summary: 'Reopen a task; one that recurs goes back to the occurrence completed last',
  tags: ['Tasks'],
  method: 'delete',
  path: '/{id}/completion',
  request: { params: IdInPath, headers: IfMatch },
  responses: { 200: json(Task, 'The open task', TAGGED), ...problems('not_found', 'precondition_failed') },
})

export const taskRoutes = createRouter()
  .openapi(listTasks, async (c) => {
    const { sort, limit, cursor, ...filter } = c.req.valid('query')
    const query = `tasks?${JSON.stringify([sort, filter])}`
    const order = orderedBy(sort, filter)
    const place = cursor === undefined ? undefined : readCursor(query, cursor, order.places)
    const rows = await tasksOf(c.var.scope).page(filter, order, place, limit + 1)
    const { items, nextCursor } = firstPage(query, rows, limit, order.placeOf)
    return c.json({ items: items.map(taskView), nextCursor }, 200)
  })
  .openapi(createTask, async (c) => {
    const task = await tasksOf(c.var.scope).add(await workedOut(c.req.valid('json')))
    c.header('Location', `/v1/tasks/${task.id}`)
    c.header('ETag', etagOf(task.version))
    return c.json(taskView(task), 201)
  })
  .openapi(getTask, async (c) => {
    const task = await tasksOf(c.var.scope).find(c.req.valid('param').id)
    if (!task) throw problem('not_found')
    const etag = etagOf(task.version)
    c.header('ETag', etag)
    if (isCurrent(c.req.valid('header')['if-none-match'], etag)) return c.body(null, 304)
    return c.json(taskView(task), 200)
  })
  .openapi(changeTask, async (c) => {
    const { id } = c.req.valid('param')
    const patch = await workedOut(c.req.valid('json'))
    const task = await tasksOf(c.var.scope).change(id, patch, c.req.valid('header')['if-match'])
    c.header('ETag', etagOf(task.version))
    return c.json(taskView(task), 200)
  })
  .openapi(moveTask, async (c) => {
    const { id } = c.req.valid('param')
    const task = await tasksOf(c.var.scope).move(id, c.req.valid('json'), c.req.valid('header')['if-match'])
    c.header('ETag', etagOf(task.version))
    return c.json(taskView(task), 200)
  })
  .openapi(deleteTask, async (c) => {
    await tasksOf(c.var.scope).remove(c.req.valid('param').id, c.req.valid('header')['if-match'])
    return c.body(null, 204)
  })
  .openapi(completeTask, async (c) => {
    const task = await tasksOf(c.var.scope).complete(
      c.req.valid('param').id,
      c.req.valid('query'),
      c.req.valid('header')['if-match'],
    )
    c.header('ETag', etagOf(task.version))
    return c.json(taskView(task), 200)
  })
  .openapi(reopenTask, async (c) => {
    const task = await tasksOf(c.var.scope).reopen(c.req.valid('param').id, c.req.valid('header')['if-match'])
    c.header('ETag', etagOf(task.version))
    return c.json(taskView(task), 200)
  })
