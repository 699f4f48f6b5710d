import type pg from 'pg'
import type { Login } from './login.ts'

/** A logged-in session, used by one call at a time. */
export type Session = {
  client: pg.Client
  /** Commits the open transaction. Nothing but reading may follow it. */
  commit(): Promise<void>
  /** Cuts the running statement short. */
  abandon: () => void
}

/** Where statements go: one PGlite, or a Postgres server. */
export type Backend = {
  /**
   * Runs `work` in a session of that login and leaves nothing of it behind for the next call.
   * Throws a `Refusal` when the login fails, and `signal`'s reason when the caller left before its turn.
   */
  use<T>(login: Login, signal: AbortSignal, work: (session: Session) => Promise<T>): Promise<T>
  /** Runs `work` as the superuser, before the first call. */
  asSuperuser<T>(work: (client: pg.Client) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * What Neon's proxy sends to a session that goes back to its pool, so that a call inherits nothing.
 * `DISCARD ALL` is not it: that would also forget plans, and a function would be planned anew in each call.
 */
export const RESET_SESSION = [
  'CLOSE ALL',
  'SET SESSION AUTHORIZATION DEFAULT',
  'RESET ALL',
  'DEALLOCATE ALL',
  'UNLISTEN *',
  'SELECT pg_catalog.pg_advisory_unlock_all()',
  'DISCARD TEMP',
  'DISCARD SEQUENCES',
].join(';')
