import { z } from '@hono/zod-openapi'
import { writeCursor } from './cursor.ts'

const DEFAULT_PAGE_SIZE = 50
const MAX_PAGE_SIZE = 100

/** The query parameters of every list. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^([1-9]\d?|100)$/, `must be a whole number from 1 to ${MAX_PAGE_SIZE}`)
    .transform(Number)
    .default(DEFAULT_PAGE_SIZE)
    .openapi({ type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, default: DEFAULT_PAGE_SIZE }),
  cursor: z
    .string()
    .optional()
    .openapi({ description: 'The `nextCursor` of the page before, with the same filter' }),
}

/** The answer of a list of those items. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z
      .string()
      .nullable()
      .openapi({ description: 'The cursor of the next page; null on the last' }),
  })

/** The page that `rows` fill, of which there is one more than `limit` if another page follows. */
export const firstPage = <T>(
  query: string,
  rows: T[],
  limit: number,
  placeOf: (row: T) => readonly string[],
) => {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: last && rows.length > limit ? writeCursor(query, placeOf(last)) : null }
}
