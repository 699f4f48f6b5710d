import fc from 'fast-check'
import type { ExpectStatic } from 'vitest'
import { env } from './worker.ts'

/** Tries the property; `runs` times, or as often as FUZZ_RUNS says. A failure tells seed and counterexample. */
export const holds = <T extends unknown[]>(
  property: fc.IAsyncPropertyWithHooks<T>,
  runs: number,
): Promise<void> => fc.assert(property, { numRuns: Number(env.FUZZ_RUNS) || runs })

/** Text of every kind that has ever made trouble. */
export const anyText = (options: { maxLength?: number } = {}): fc.Arbitrary<string> => {
  const troubles = [
    '\0',
    '\ud800',
    '\udc00',
    '\udfff\ud800',
    '\u{10ffff}',
    '\ufffe',
    '\ufeff',
    '\u202e',
    '\u2028',
    '\u00a0',
    '\u200d',
    'e\u0301',
    '\u0301',
    'ﷺ',
    '👩‍👩‍👧',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    'ß',
    'İ',
    ' ',
    '\t',
    '\r\n',
    '\u0085',
    '\x7f',
    '"',
    '\\',
    "'",
    '\\u0000',
    '%00',
    '$1',
    '{}',
  ]
  return fc.oneof(
    fc.string({ unit: 'binary', ...options }),
    fc.string({ unit: 'grapheme', ...options }),
    fc.string({ unit: fc.constantFrom(...troubles), ...options }),
    fc
      .array(fc.oneof(fc.constantFrom(...troubles), fc.string({ maxLength: 3 })), { maxLength: 8 })
      .map((parts) => parts.join('')),
  )
}

/** An answer of the 4xx kind, told as problem details; gives its code. */
export const refusalIn = async (expect: ExpectStatic, answer: Response): Promise<string> => {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status).toBeLessThan(500)
  const body = await answer.json<{ status: number; code: string; type: string }>()
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(body).toMatchObject({ status: answer.status, type: 'about:blank' })
  return body.code
}
