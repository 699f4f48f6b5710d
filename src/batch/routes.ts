import { dataRoute, json, jsonBody, problems } from '../http/contract.ts'
import { createRouter } from '../http/router.ts'
import { Batch, BatchResult } from './contract.ts'
import { carryOut } from './operations.ts'

const makeBatch = dataRoute({
  operationId: 'makeBatch',
  summary: 'Make up to 100 changes, all or none',
  tags: ['Batch'],
  method: 'post',
  path: '/',
  request: { body: jsonBody(Batch) },
  responses: {
    200: json(BatchResult, 'All are made'),
    ...problems('not_found', 'precondition_failed', 'conflict', 'quota_exceeded'),
  },
})

export const batchRoutes = createRouter().openapi(makeBatch, async (c) => {
  const { operations } = c.req.valid('json')
  return c.json({ results: await carryOut(c.var.scope, operations) }, 200)
})
