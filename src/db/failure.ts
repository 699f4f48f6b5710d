/**
 * Whether a failed call may have changed the database: `none`, it did not; `unknown`, it may have.
 */
export type Outcome = 'none' | 'unknown'

/** What may be sent again: any call, only one that is harmless to run twice, or no call. */
type Repeatable = 'any' | 'harmless' | 'no'

export interface Failure {
  outcome: Outcome
  repeatable: Repeatable
  /** For the log: a signal's name or an SQLSTATE, never text from the database. */
  reason: string
}

/** The database could not be reached or did not answer in time. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
  readonly outcome: Outcome
  readonly reason: string

  constructor({ outcome, reason }: Pick<Failure, 'outcome' | 'reason'>) {
    super(`the database is unavailable (${reason})`)
    this.outcome = outcome
    this.reason = reason
  }
}

/** Drivers wrap what their `fetch` throws: Neon's as `sourceError`, Drizzle's as `cause`. */
export const unavailableIn = (error: unknown): DatabaseUnavailable | undefined => {
  if (error instanceof DatabaseUnavailable) return error
  if (!(error instanceof Error)) return undefined
  return unavailableIn('sourceError' in error && error.sourceError ? error.sourceError : error.cause)
}

/** Reads a thrown `fetch`, or one that was cut off: nobody can tell whether the statements ran. */
export const failureOfTransport = (reason: string): Failure => ({
  outcome: 'unknown',
  repeatable: 'harmless',
  reason,
})

/**
 * Reads an error answer of Neon's SQL-over-HTTP endpoint; `undefined` means that the database itself
 * refused the statements and the driver should report it. The signals are those of Neon's proxy,
 * `proxy/src/serverless/sql_over_http.rs`.
 */
export const failureOfAnswer = (status: number, body: string): Failure | undefined => {
  if (status === 400) return failureOfRefusal(parsed(body))
  const reason = `http_${status}`
  if (status === 413) return undefined
  if (status === 507) return { outcome: 'unknown', repeatable: 'no', reason }
  if (status === 500 && body.includes('could not parse postgres response')) {
    return { outcome: 'unknown', repeatable: 'no', reason: 'unreadable_result' }
  }
  if (status === 500 && /control plane|connect/i.test(body)) {
    return { outcome: 'none', repeatable: 'any', reason: 'cannot_connect' }
  }
  return { outcome: 'unknown', repeatable: 'harmless', reason }
}

/** The SQLSTATE in an error answer of the endpoint. */
export const sqlStateIn = (body: string): string | undefined => {
  const { code } = parsed(body)
  return isSqlState(code) ? code : undefined
}

/** Five digits or capital letters, and nothing that a caller could have written. */
export const isSqlState = (code: unknown): code is string =>
  typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)

const failureOfRefusal = ({ code, message }: Refusal): Failure | undefined => {
  switch (typeof code === 'string' ? code : '') {
    case '40001': // serialization_failure: rolled back
    case '40P01': // deadlock_detected: rolled back
      return { outcome: 'none', repeatable: 'any', reason: String(code) }
    case '57P01': // admin_shutdown
    case '53300': // too_many_connections
      return { outcome: 'unknown', repeatable: 'harmless', reason: String(code) }
    case '08P01': // the proxy cancelled it
      return { outcome: 'unknown', repeatable: 'no', reason: String(code) }
    case '':
      // The proxy's own check of the password has no code; it will not be another one the next time.
      if (String(message).startsWith('password authentication failed')) {
        return { outcome: 'none', repeatable: 'no', reason: 'wrong_password' }
      }
      // The connection was lost, maybe during COMMIT.
      return { outcome: 'unknown', repeatable: 'harmless', reason: 'connection_lost' }
    default:
      return undefined
  }
}

interface Refusal {
  code?: unknown
  message?: unknown
}

const parsed = (body: string): Refusal => {
  try {
    const refusal: unknown = JSON.parse(body)
    return typeof refusal === 'object' && refusal !== null ? refusal : {}
  } catch {
    return {}
  }
}
