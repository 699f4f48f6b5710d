import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { ProviderFault } from '../auth/providers/fault.ts'
import { isSqlState, unavailableIn } from '../db/failure.ts'
import { databaseErrorIn, SessionEnded } from '../db/session-ended.ts'
import { type Refusal, WriteRefused } from '../db/write.ts'
import type { AppEnv } from './context.ts'
import { Problem, type ProblemCode, problem, problemResponse } from './problem.ts'

const RETRY_AFTER_SECONDS = 5

/** Renders whatever was thrown as problem details; what is not ours to tell becomes `internal_error`. */
export const onError = (error: Error, c: Context<AppEnv>): Response => {
  const { problem, reason = problem.code, sqlState } = told(error)
  c.set('refusal', c.var.refusal ?? reason)
  if (sqlState) c.set('sqlState', sqlState)
  return problemResponse(problem)
}

/** Makes an error of whatever else was thrown, which Hono would let through: unrendered and unlogged. */
export const onlyErrors = createMiddleware<AppEnv>(async function onlyErrors(_, next) {
  try {
    await next()
  } catch (thrown) {
    throw thrown instanceof Error ? thrown : new ThrownValue('something that is no error was thrown')
  }
})

class ThrownValue extends Error {
  override name = 'ThrownValue'
}

interface Told {
  problem: Problem
  /** For the log; the problem's code unless there is more to say. */
  reason?: string
  sqlState?: string | undefined
}

const told = (error: Error): Told => {
  if (error instanceof Problem) return { problem: error }
  if (error instanceof SessionEnded) {
    return { problem: problem('unauthorized'), reason: 'session_ended', sqlState: '28000' }
  }
  if (error instanceof WriteRefused) {
    const { refusal, about } = error
    return { problem: problem(REFUSALS[refusal], about && { errors: [about] }) }
  }
  if (error instanceof HTTPException && error.status === 415)
    return { problem: problem('unsupported_media_type') }
  if (error instanceof HTTPException && error.status === 400) return { problem: problem('malformed_json') }

  const headers = { 'Retry-After': String(RETRY_AFTER_SECONDS) }
  if (error instanceof ProviderFault)
    return { problem: problem('provider_unavailable', { headers }), reason: error.reason }
  const unavailable = unavailableIn(error)
  if (unavailable) {
    const code = unavailable.outcome === 'unknown' ? 'outcome_unknown' : 'unavailable'
    const { reason } = unavailable
    const signal = isSqlState(reason) ? { reason: 'database_error', sqlState: reason } : { reason }
    return { problem: problem(code, { headers }), ...signal }
  }
  const { code } = databaseErrorIn(error)
  return isSqlState(code)
    ? { problem: problem('internal_error'), reason: 'database_error', sqlState: code }
    : { problem: problem('internal_error'), reason: error.name }
}

const REFUSALS: Record<Refusal, ProblemCode> = {
  missing: 'not_found',
  stale: 'precondition_failed',
  unfit: 'invalid_request',
  conflict: 'conflict',
  quota: 'quota_exceeded',
  'key reused': 'idempotency_key_reused',
}
