import { z } from '@hono/zod-openapi'
import { idOf } from '../http/fields.ts'
import { Label, LabelPatch, NewLabel } from '../labels/contract.ts'
import { List, ListMove, ListPatch, NewList } from '../lists/contract.ts'
import { completing, NewTask, Task, TaskMove, TaskPatch } from '../tasks/contract.ts'

const MAX_OPERATIONS = 100

/** As large as Postgres lets it become. */
const MAX_VERSION = 2 ** 31 - 1

const ifVersion = z
  .int()
  .positive()
  .max(MAX_VERSION)
  .optional()
  .openapi({ description: 'Only this version, like `If-Match`' })

const making = <O extends string, B extends z.ZodType>(operation: O, body: B) =>
  z.strictObject({ operation: z.literal(operation), body })
const changing = <O extends string, B extends z.ZodType>(operation: O, kind: Kind, body: B) =>
  z.strictObject({ operation: z.literal(operation), id: idOf(kind), ifVersion, body })
const naming = <O extends string>(operation: O, kind: Kind) =>
  z.strictObject({ operation: z.literal(operation), id: idOf(kind), ifVersion })

type Kind = Parameters<typeof idOf>[0]

/** The operations on one thing, by the names that they have in this contract; each as when it is asked for alone. */
export const Operation = z
  .discriminatedUnion('operation', [
    making('createTask', NewTask),
    changing('changeTask', 'task', TaskPatch),
    changing('moveTask', 'task', TaskMove),
    naming('deleteTask', 'task'),
    naming('completeTask', 'task').extend(completing),
    naming('reopenTask', 'task'),
    making('createList', NewList),
    changing('changeList', 'list', ListPatch),
    changing('moveList', 'list', ListMove),
    naming('deleteList', 'list'),
    making('createLabel', NewLabel),
    changing('changeLabel', 'label', LabelPatch),
    naming('deleteLabel', 'label'),
  ])
  .openapi('Operation')

export const Batch = z
  .strictObject({
    operations: z
      .array(Operation)
      .min(1, 'must hold at least one')
      .max(MAX_OPERATIONS, `must hold at most ${MAX_OPERATIONS}`),
  })
  .openapi('Batch', {
    example: {
      operations: [
        { operation: 'createTask', body: { title: 'Buy milk' } },
        { operation: 'createList', body: { name: 'Groceries' } },
      ],
    },
  })

export const BatchResult = z
  .object({
    results: z.array(z.union([Task, List, Label]).nullable()).openapi({
      description: 'What each operation made of its thing, in their order; null for what went into the trash',
    }),
  })
  .openapi('BatchResult')

export type Operation = z.infer<typeof Operation>
