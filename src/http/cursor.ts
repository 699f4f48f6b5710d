import * as z from 'zod'
import { problem } from './problem.ts'

/**
 * An opaque page mark: the query it belongs to, and where in its order the page ended. It grants nothing:
 * whatever it says, the page it opens holds only the caller's own rows.
 */
export const writeCursor = (query: string, place: readonly string[]): string => {
  const bytes = new TextEncoder().encode(JSON.stringify([query, ...place]))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** Where the page before ended. Throws `invalid_cursor` unless `cursor` was written for this very query and order. */
export const readCursor = <P extends readonly string[]>(
  query: string,
  cursor: string,
  places: z.ZodType<P>,
): P => {
  const { data: place } = places.safeParse(placeIn(cursor))
  if (place === undefined || writeCursor(query, place) !== cursor) throw problem('invalid_cursor')
  return place
}

/** A place among ids. */
export const ID_PLACE = z.tuple([z.uuid()])

/** A place among texts, as Postgres can keep them. */
export const TEXT_PLACE = z.tuple([z.string().refine((text) => text.isWellFormed() && !text.includes('\0'))])

const placeIn = (cursor: string): unknown => {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (byte) =>
      byte.charCodeAt(0),
    )
    const parts: unknown = JSON.parse(new TextDecoder().decode(bytes))
    return Array.isArray(parts) ? parts.slice(1) : undefined
  } catch {
    return undefined
  }
}
