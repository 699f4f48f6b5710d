import type { TaskPatch } from '../../../client/src/index.ts'
import type { Queued } from '../replica/outbox.ts'

interface RefusedChange {
  body: TaskPatch
  reason: string
  /** The writes that hold it. */
  writes: Queued[]
}

/** What was typed into that task and not taken, and why; nothing if there is nothing. */
export const refusedOf = (id: string, setAside: readonly Queued[]): RefusedChange | undefined => {
  const writes = setAside.filter(({ operations }) =>
    operations.every((operation) => operation.operation === 'changeTask' && operation.id === id),
  )
  const reason = writes.at(-1)?.setAside?.reason
  if (reason === undefined) return undefined
  const bodies = writes.flatMap(({ operations }) =>
    operations.map((operation) => (operation.operation === 'changeTask' ? operation.body : {})),
  )
  return { body: Object.assign({}, ...bodies), reason, writes }
}
