import fc from 'fast-check'
import { runCase } from './case.ts'
import { casesOf } from './steps.ts'
import { shortened } from './wire.ts'
import type { Witness } from './witness.ts'
import { LANES, type World } from './world.ts'

/** The longest that a case is made smaller for. */
const SHRINKING_MS = 60_000

/** Cases of one seed, one after the other. */
const CASES_OF_A_SEED = 25

/**
 * Sends generated requests until there were that many, in as many lanes as there are; each seed leads to the
 * same cases every time. Throws for the first case that shows what should not be, made as small as it gets.
 */
export const sendGenerated = async (
  world: World,
  witness: Witness,
  requests: number,
  seed: number,
): Promise<void> => {
  const cases = casesOf(world.contract)
  const end = world.requests() + requests
  let next = seed
  let failed = false
  const runLane = async () => {
    while (world.requests() < end && !failed) {
      const ofLane = next
      next += 1
      await replay(world, witness, ofLane, cases).catch((error) => {
        failed = true
        throw error
      })
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: LANES }, runLane))
  const failure = ends.find((one) => one.status === 'rejected')
  if (failure) throw failure.reason
}

/** The cases of one seed. */
export const replay = async (
  world: World,
  witness: Witness,
  seed: number,
  cases = casesOf(world.contract),
): Promise<void> => {
  const property = fc.asyncProperty(cases, (steps) => runCase(world, witness.ids, steps))
  const details = await fc.check(property, {
    seed,
    numRuns: CASES_OF_A_SEED,
    interruptAfterTimeLimit: SHRINKING_MS,
  })
  if (!details.failed) return
  const steps = JSON.stringify(details.counterexample?.[0], shortText, 2)
  const cause = details.errorInstance instanceof Error ? details.errorInstance : undefined
  throw new Error(`${cause?.message}\nin the case ${steps}\nAgain: npm run fuzz -- 0 --seed ${seed} --only`, {
    cause,
  })
}

const shortText = (_: string, value: unknown) => (typeof value === 'string' ? shortened(value) : value)
