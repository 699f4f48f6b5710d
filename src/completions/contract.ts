import { z } from '@hono/zod-openapi'
import { id, instant } from '../http/fields.ts'
import { pageOf, pageQuery } from '../http/page.ts'
import { Due } from '../tasks/due.ts'

export const Completion = z
  .object({
    id,
    taskId: id,
    title: z.string().openapi({ description: 'What the task was called then', example: 'Buy milk' }),
    due: Due.nullable().openapi({
      description: 'When it was due: of a recurring task, which occurrence it was',
    }),
    completedAt: instant,
  })
  .openapi('Completion')

export const CompletionQuery = z.strictObject({
  task: id.optional().openapi({ description: 'Those of that task' }),
  ...pageQuery,
})

export const CompletionPage = pageOf(Completion).openapi('CompletionPage')

export type Completion = z.infer<typeof Completion>
