import { neon, neonConfig } from '@neondatabase/serverless'
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http'
import {
  DatabaseUnavailable,
  type Failure,
  failureOfAnswer,
  failureOfTransport,
  type Outcome,
  sqlStateIn,
} from './failure.ts'

/**
 * What running a call's statements does: nothing but read; a change that the database makes only once, as it
 * knows it by its key; or any other change. `by statement` is for statements that are not ours: a SELECT
 * reads, all else is a change.
 */
export type Effect = 'read' | 'keyed change' | 'change'

export interface CallPolicy {
  /** The longest that one call may take, repeats included; a function says what is left when it is made. */
  deadlineMs: number | (() => number)
  effect: Effect | 'by statement'
  /** Told of the error before it is thrown, for callers whose library hides it. */
  onUnavailable?: (error: DatabaseUnavailable) => void
  /** Told the SQLSTATE of an error of the statements' own. */
  onDatabaseError?: (sqlState: string) => void
  /** Told of each change that was made. */
  onChange?: () => void
}

export type Database = NeonHttpDatabase

const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 1_000

/** A repeat that has less left than this would hardly be answered in time, and leave it open whether it did something. */
const SHORTEST_REPEAT_MS = 100

/**
 * The part of the deadline after which a call that is not answered is given up, which cancels it, and made again if that is
 * harmless; and the least that it gets, which is time enough to wake a sleeping Neon. Writes get longer: what takes a long list
 * along needs its time in one attempt.
 */
const ATTEMPT_SHARES: Record<Effect, number> = { read: 0.4, 'keyed change': 0.6, change: 1 }
const SHORTEST_ATTEMPT_MS = 1_000

/**
 * Drizzle over Neon's HTTP driver, with a deadline on every call and repeats where they are safe.
 * A call that gets no answer in time, or none that says what happened, throws `DatabaseUnavailable`.
 */
export const connect = (url: string, policy: CallPolicy): Database =>
  drizzle(neon(url, { fetchOptions: policy }))

// The driver's hooks are one set for the isolate; what differs from call to call travels in `fetchOptions`.
const neonEndpoint = neonConfig.fetchEndpoint
neonConfig.fetchEndpoint = (host, port, options) => {
  if (host === 'localhost') return `http://localhost:${port}/sql`
  return typeof neonEndpoint === 'function' ? neonEndpoint(host, port, options) : neonEndpoint
}
neonConfig.fetchFunction = (url: string, init: RequestInit & CallPolicy) => call(url, init)

const call = async (url: string, init: RequestInit & CallPolicy): Promise<Answer> => {
  const { deadlineMs: deadline, effect, onUnavailable, onDatabaseError, onChange, ...request } = init
  const actual = effect === 'by statement' ? effectOf(request.body) : effect
  const deadlineMs = typeof deadline === 'function' ? deadline() : deadline
  const attemptMs = Math.max(SHORTEST_ATTEMPT_MS, ATTEMPT_SHARES[actual] * deadlineMs)
  const startedAt = Date.now()
  const leftMs = () => deadlineMs - (Date.now() - startedAt)
  const giveUp = (failure: Pick<Failure, 'outcome' | 'reason'>): never => {
    const error = new DatabaseUnavailable(failure)
    onUnavailable?.(error)
    throw error
  }
  let outcome: Outcome = 'none'
  let pauseMs = FIRST_PAUSE_MS

  if (deadlineMs <= 0) return giveUp({ outcome, reason: 'deadline' })
  for (;;) {
    const signal = AbortSignal.timeout(Math.max(0, Math.min(attemptMs, leftMs())))
    const result = await attempt(url, { ...request, signal })
    if ('answer' in result) {
      if (result.sqlState) onDatabaseError?.(result.sqlState)
      if (result.answer.ok && actual !== 'read') onChange?.()
      return result.answer
    }
    const { failure } = result
    if (failure.outcome === 'unknown' && actual !== 'read') outcome = 'unknown'
    const jitteredMs = pauseMs * (0.5 + Math.random())
    if (leftMs() - jitteredMs < SHORTEST_REPEAT_MS || !mayRepeat(failure, actual)) {
      return giveUp({ outcome, reason: failure.reason })
    }
    await scheduler.wait(jitteredMs)
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)
  }
}

const mayRepeat = ({ repeatable }: Failure, effect: Effect): boolean =>
  repeatable === 'any' || (repeatable === 'harmless' && effect !== 'change')

interface Answer {
  ok: boolean
  status: number
  json: () => Promise<unknown>
  text: () => Promise<string>
}

const attempt = async (
  url: string,
  init: RequestInit,
): Promise<{ answer: Answer; sqlState?: string | undefined } | { failure: Failure }> => {
  let body: string
  let response: Response
  try {
    response = await fetch(url, init)
    body = await response.text()
  } catch (error) {
    return { failure: failureOfTransport(isTimeout(error) ? 'deadline' : 'no_answer') }
  }
  const { ok, status } = response
  if (!ok) {
    const failure = failureOfAnswer(status, body)
    if (failure) return { failure }
  }
  const parsed = parseJson(body)
  if (ok && !isResult(parsed)) return { failure: failureOfTransport('garbled_answer') }
  const answer = { ok, status, json: async () => parsed, text: async () => body }
  return ok ? { answer } : { answer, sqlState: sqlStateIn(body) }
}

const parseJson = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** What the proxy answers: one statement's rows, or a batch's results. */
const isResult = (parsed: unknown): boolean =>
  typeof parsed === 'object' && parsed !== null && ('rows' in parsed || 'results' in parsed)

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

/** Better Auth's statements are built by Drizzle, which writes no CTEs for it: what reads begins so. */
const effectOf = (body: unknown): Effect =>
  typeof body === 'string' && body.startsWith('{"query":"select ') ? 'read' : 'change'
