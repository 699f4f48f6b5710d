import type { Chore } from '../db/chores.ts'
import { isSqlState, unavailableIn } from '../db/failure.ts'
import { databaseErrorIn } from '../db/session-ended.ts'

/** A step is a statement and a transaction of its own, which holds its locks for a fraction of a second. */
const STEP_SIZE = 1_000

/** Of each chore in one run: all of them make fewer calls than the 50 that the free plan allows. */
const MOST_STEPS = 8

interface Bounds {
  stepSize?: number
  mostSteps?: number
}

/**
 * Does the chores one after the other, whatever becomes of those before. What a run does not come to, the next one does.
 * Writes one line of log: how many rows each has deleted, which are `unfinished`, and what failed. Never throws.
 */
export const upkeep = async (
  chores: Record<string, Chore>,
  { stepSize = STEP_SIZE, mostSteps = MOST_STEPS }: Bounds = {},
): Promise<void> => {
  const startedAt = performance.now()
  const upkeep: Record<string, number> = {}
  const unfinished: string[] = []
  const failures: Record<string, string> = {}

  for (const [name, chore] of Object.entries(chores)) {
    upkeep[name] = 0
    try {
      let deleted = 0
      for (let step = 0; step < mostSteps; step += 1) {
        deleted = await chore(stepSize)
        upkeep[name] += deleted
        if (deleted === 0) break
      }
      if (deleted > 0) unfinished.push(name)
    } catch (error) {
      failures[name] = reasonOf(error)
    }
  }

  const durationMs = Math.round(performance.now() - startedAt)
  console.log(JSON.stringify({ upkeep, unfinished, failures, durationMs }))
}

/** A signal's name or an SQLSTATE: messages of the database can quote values. */
const reasonOf = (error: unknown): string => {
  const { code } = databaseErrorIn(error)
  if (isSqlState(code)) return code
  return unavailableIn(error)?.reason ?? (error instanceof Error ? error.name : 'ThrownValue')
}
