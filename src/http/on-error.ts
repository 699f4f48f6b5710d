import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { DatabaseUnavailable } from '../db/failure.ts'
import { databaseErrorIn, SessionEnded } from '../db/session-ended.ts'
import type { AppEnv } from './context.ts'
import { Problem, problem, problemResponse } from './problem.ts'

const RETRY_AFTER_SECONDS = 5

/** Renders whatever was thrown as problem details; what is not ours to tell becomes `internal_error`. */
export const onError = (error: Error, c: Context<AppEnv>): Response => {
  const known = problemOf(error)
  if (known.reason) c.set('refusal', known.reason)
  return problemResponse(known.problem)
}

const problemOf = (error: Error): { problem: Problem; reason?: string } => {
  if (error instanceof Problem) return { problem: error }
  if (error instanceof SessionEnded) return { problem: problem('unauthorized'), reason: 'session_ended' }
  if (error instanceof HTTPException && error.status === 415)
    return { problem: problem('unsupported_media_type') }
  if (error instanceof HTTPException && error.status === 400) return { problem: problem('malformed_json') }

  const unavailable = unavailableIn(error)
  if (unavailable) {
    const code = unavailable.outcome === 'unknown' ? 'outcome_unknown' : 'unavailable'
    const headers = { 'Retry-After': String(RETRY_AFTER_SECONDS) }
    return { problem: problem(code, { headers }), reason: unavailable.reason }
  }
  const { code } = databaseErrorIn(error)
  return { problem: problem('internal_error'), reason: typeof code === 'string' ? code : error.name }
}

/** Drivers wrap what their `fetch` throws: Neon's as `sourceError`, Drizzle's as `cause`. */
const unavailableIn = (error: unknown): DatabaseUnavailable | undefined => {
  if (error instanceof DatabaseUnavailable) return error
  if (!(error instanceof Error)) return undefined
  return unavailableIn('sourceError' in error && error.sourceError ? error.sourceError : error.cause)
}
