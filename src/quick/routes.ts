import { etagOf } from '../http/conditional.ts'
import { dataRoute, json, jsonBody, problems, TAGGED } from '../http/contract.ts'
import { problem } from '../http/problem.ts'
import { createRouter } from '../http/router.ts'
import { QuickResult, QuickTask } from './contract.ts'
import { taskIn } from './parse.ts'
import { quickTasksOf } from './repository.ts'

const quickAdd = dataRoute({
  operationId: 'quickAdd',
  summary: 'Add a task by plain words, or see how they would be understood',
  tags: ['Tasks'],
  method: 'post',
  path: '/',
  request: { body: jsonBody(QuickTask) },
  responses: {
    200: json(QuickResult, 'What would be made: nothing was'),
    201: json(QuickResult, 'The new task, and what was understood', { ...TAGGED, Location: 'Its path' }),
    ...problems('quota_exceeded'),
  },
})

export const quickRoutes = createRouter().openapi(quickAdd, async (c) => {
  const { text, timeZone, dryRun } = c.req.valid('json')
  const reading = await taskIn(text, { timeZone, nowMs: Date.now() })
  const result = await quickTasksOf(c.var.scope).add(reading, { isTrial: dryRun })
  if (dryRun) return c.json(result, 200)
  c.header('Location', `/v1/tasks/${result.task.id}`)
  c.header('ETag', etagOf(result.task.version))
  return c.json(result, 201)
})

// Other methods would come to the task whose id is `quick`.
quickRoutes.all('/', () => {
  throw problem('method_not_allowed', { headers: { Allow: 'POST' } })
})
