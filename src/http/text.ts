import { z } from '@hono/zod-openapi'

/**
 * Text that comes back exactly as it went in: no NUL, which Postgres cannot keep, and no lone surrogate,
 * which UTF-8 cannot say. Lengths count characters (Unicode code points), as JSON Schema and Postgres do.
 * Where it is trimmed, the contract says so as `x-kept`.
 */
export const text = ({ max, trim = false, min = 0 }: { min?: number; max: number; trim?: boolean }) =>
  (trim ? z.string().trim() : z.string())
    .refine(
      (value) => value.isWellFormed() && !value.includes('\0'),
      'must not contain NUL or a lone surrogate',
    )
    .refine(
      (value) => lengthOf(value) >= min,
      min === 1 ? 'must not be empty' : `must have at least ${min} characters`,
    )
    .refine((value) => lengthOf(value) <= max, `must have at most ${max} characters`)
    .openapi({
      maxLength: max,
      ...(min > 0 && { minLength: min }),
      pattern: STORABLE,
      ...(trim && { 'x-kept': 'trimmed' }),
    })

/** In the contract's words: neither NUL nor half of a surrogate pair. */
const STORABLE = '^[^\\u0000\\ud800-\\udfff]*$'

const lengthOf = (value: string): number => [...value].length
