import { DatabaseUnavailable } from './failure.ts'
import type { CallPolicy } from './neon.ts'

/** One deadline for all calls of a request; and what can be said of them, should one of them fail. */
export const watchCalls = (deadlineMs: number) => {
  const startedAt = Date.now()
  const failures: DatabaseUnavailable[] = []
  let hasChanged = false
  const policy: CallPolicy = {
    deadlineMs: () => deadlineMs - (Date.now() - startedAt),
    effect: 'by statement',
    onUnavailable: (error) => failures.push(error),
    onChange: () => {
      hasChanged = true
    },
  }
  return {
    policy,
    hasFailed: () => failures.length > 0,
    throwIfUnavailable: () => {
      const [first] = failures
      if (!first) return
      const isNone = !hasChanged && failures.every(({ outcome }) => outcome === 'none')
      throw new DatabaseUnavailable({ outcome: isNone ? 'none' : 'unknown', reason: first.reason })
    },
  }
}
