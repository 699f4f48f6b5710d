import { problem } from './problem.ts'

/**
 * An opaque page mark: the query it belongs to and the last id seen. It grants nothing: whatever it says,
 * the page it opens holds only the caller's own rows.
 */
export const writeCursor = (query: string, lastId: string): string =>
  btoa(JSON.stringify([query, lastId]))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** The last id seen. Throws `invalid_cursor` unless `cursor` was written for this very query. */
export const readCursor = (query: string, cursor: string): string => {
  const lastId = parse(cursor)
  if (lastId === undefined || !UUID.test(lastId) || writeCursor(query, lastId) !== cursor) {
    throw problem('invalid_cursor')
  }
  return lastId
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

const parse = (cursor: string): string | undefined => {
  try {
    const parts: unknown = JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')))
    return Array.isArray(parts) && typeof parts[1] === 'string' ? parts[1] : undefined
  } catch {
    return undefined
  }
}
