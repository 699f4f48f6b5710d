import type { PGlite } from '@electric-sql/pglite'
import type pg from 'pg'

/** The superuser that PGlite's session belongs to; its id is fixed in Postgres. */
const BOOTSTRAP_SUPERUSER = 10

/**
 * Finds where PGlite's Postgres notes whom the session authenticated as, and returns a way to set it.
 *
 * A role taken on with SET SESSION AUTHORIZATION alone can take on any other, superusers included, because
 * Postgres asks what the authenticated user may do, and PGlite authenticates everyone as its superuser.
 * A login would have noted the role itself. Here that note is made afterwards, so a role is held as firmly
 * as by a login, also against dynamic SQL. Throws if this build of PGlite keeps the note elsewhere.
 * @see https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/utils/init/miscinit.c
 */
export const findAuthenticatedUser = async (pglite: PGlite, client: pg.ClientBase) => {
  // Two predefined roles, whose ids are fixed too.
  await client.query('SET SESSION AUTHORIZATION pg_monitor')
  const first = positionsOf(memory(pglite), noteOf(PG_MONITOR))
  await client.query('SET SESSION AUTHORIZATION pg_read_all_data')
  const second = positionsOf(memory(pglite), noteOf(PG_READ_ALL_DATA))
  const [position, ...others] = first.filter((found) => second.includes(found))
  if (position === undefined || others.length > 0) throw unknownBuild()

  const setAuthenticatedUser = (role = BOOTSTRAP_SUPERUSER) => {
    memory(pglite).writeUInt32LE(role, position + AUTHENTICATED_USER_OFFSET)
  }
  setAuthenticatedUser(PG_READ_ALL_DATA)
  const escaped = await client.query('SET SESSION AUTHORIZATION pg_monitor').then(
    () => true,
    () => false,
  )
  setAuthenticatedUser()
  await client.query('SET SESSION AUTHORIZATION pg_monitor')
  if (escaped) throw unknownBuild()
  return setAuthenticatedUser
}

const PG_MONITOR = 3373
const PG_READ_ALL_DATA = 6181
const AUTHENTICATED_USER_OFFSET = 20

/** The session, outer and current user, two flags that are off, and the authenticated user. */
const noteOf = (role: number) => {
  const note = Buffer.alloc(24)
  for (const offset of [0, 4, 8]) note.writeUInt32LE(role, offset)
  note.writeUInt32LE(BOOTSTRAP_SUPERUSER, AUTHENTICATED_USER_OFFSET)
  return note
}

/** Looked up each time: the memory moves when it grows. */
const memory = (pglite: PGlite) => Buffer.from(pglite.Module.HEAPU8.buffer)

const positionsOf = (haystack: Buffer, needle: Buffer) => {
  const positions: number[] = []
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 4)) positions.push(at)
  return positions
}

const unknownBuild = () =>
  new Error(
    'This build of PGlite keeps the authenticated user where it was not looked for; roles could not be held.',
  )
