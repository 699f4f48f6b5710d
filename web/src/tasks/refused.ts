import type { TaskPatch } from '../../../client/src/index.ts'
import type { Refused } from '../replica/replica.ts'

interface RefusedChange {
  body: TaskPatch
  reason: string
}

const changes = new Map<string, RefusedChange>()

/** Remembers what was typed into a task and not taken, until somebody opens it again. */
export const noteRefused = ({ operations, without, reason }: Refused): void => {
  for (const operation of operations) {
    if (operation.operation !== 'changeTask') continue
    const { id, body } = operation
    const left = without === undefined ? body : { [without]: Reflect.get(body, without) }
    changes.set(id, { body: { ...changes.get(id)?.body, ...left }, reason })
  }
}

/** What was not taken of that task, and why. */
export const refusedOf = (id: string): RefusedChange | undefined => changes.get(id)

export const forgetRefused = (id: string): void => {
  changes.delete(id)
}
