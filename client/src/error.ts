import type { ProblemCode } from './connect.ts'

/** The API's own codes, and those of what happens on the way to it. */
export type ErrorCode = ProblemCode | 'network_error' | 'signed_out' | 'unexpected_answer'

export interface FieldError {
  path: string
  message: string
}

interface Details {
  status?: number
  errors?: readonly FieldError[]
  requestId?: string | undefined
  retryAfterMs?: number | undefined
  cause?: unknown
}

/** Every failure of a call but an abort, which stays the `AbortError` that it is. */
export class EdgewiseError extends Error {
  override name = 'EdgewiseError'
  /** Stable; the texts are not. */
  readonly code: ErrorCode
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number
  /** What does not fit, field by field. */
  readonly errors: readonly FieldError[]
  /** Names the request in the server's log. */
  readonly requestId: string | undefined
  /** How long the server asks to wait. */
  readonly retryAfterMs: number | undefined

  constructor(code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause })
    this.code = code
    this.status = details.status ?? 0
    this.errors = details.errors ?? []
    this.requestId = details.requestId
    this.retryAfterMs = details.retryAfterMs
  }
}

interface Problem {
  code: ProblemCode
  title: string
  errors?: FieldError[]
}

/** What an answer that is no success says (RFC 9457). */
export const errorOf = async (answer: Response): Promise<EdgewiseError> => {
  const { status, headers } = answer
  const details = {
    status,
    requestId: headers.get('X-Request-Id') ?? undefined,
    retryAfterMs: waitIn(headers.get('Retry-After')),
  }
  const problem = await problemIn(answer)
  return problem
    ? new EdgewiseError(problem.code, problem.title, { ...details, errors: problem.errors ?? [] })
    : new EdgewiseError('unexpected_answer', `The server answered ${status}`, details)
}

const problemIn = async (answer: Response): Promise<Problem | undefined> => {
  try {
    const body: unknown = await answer.json()
    return isProblem(body) ? body : undefined
  } catch {
    return undefined
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'title' in body

/** Seconds or a date (RFC 9110, 10.2.3), in milliseconds from now. */
const waitIn = (value: string | null): number | undefined => {
  if (value === null) return undefined
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0)
}
