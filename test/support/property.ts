import fc from 'fast-check'
import type { ExpectStatic } from 'vitest'
import { env } from './worker.ts'

/**
 * Tries the property; `runs` times, or as often as FUZZ_RUNS says, with cases by chance, or those of FUZZ_SEED. A failure
 * tells seed and counterexample.
 */
export const holds = <T extends unknown[]>(
  property: fc.IAsyncPropertyWithHooks<T>,
  runs: number,
): Promise<void> =>
  fc.assert(property, {
    numRuns: Number(env.FUZZ_RUNS) || runs,
    ...(env.FUZZ_SEED && { seed: Number(env.FUZZ_SEED) }),
  })

/** An answer of the 4xx kind, told as problem details; gives its code. */
export const refusalIn = async (expect: ExpectStatic, answer: Response): Promise<string> => {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  const body = await answer.json<{ status: number; code: string; type: string }>()
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(body).toMatchObject({ status: answer.status, type: 'about:blank' })
  return body.code
}
