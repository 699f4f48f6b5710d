/** Every problem that the API reports, with its HTTP status. The names are stable: clients branch on them. */
export const PROBLEMS = {
  malformed_json: { status: 400, title: 'The body is not JSON in UTF-8' },
  invalid_request: { status: 400, title: 'The request does not fit the contract' },
  invalid_cursor: { status: 400, title: 'The cursor does not belong to this query' },
  unauthorized: { status: 401, title: 'A valid access token is required' },
  not_found: { status: 404, title: 'There is no such resource' },
  method_not_allowed: { status: 405, title: 'The resource does not have this method' },
  request_timeout: { status: 408, title: 'The body did not arrive in time' },
  conflict: { status: 409, title: 'Something that you have is in the way' },
  quota_exceeded: { status: 409, title: 'You have as many as you may have' },
  sync_expired: {
    status: 410,
    title: 'What is gone since then has been forgotten: begin anew, without since',
  },
  precondition_failed: { status: 412, title: 'The resource has changed since' },
  payload_too_large: { status: 413, title: 'The body is larger than it may be' },
  unsupported_media_type: { status: 415, title: 'The body must be of the type that the operation takes' },
  idempotency_key_reused: { status: 422, title: 'The idempotency key belongs to another request' },
  too_many_requests: { status: 429, title: 'Too many requests; wait before the next one' },
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The database cannot be reached; nothing was changed' },
  provider_unavailable: { status: 503, title: 'The sign-in provider cannot be reached' },
  outcome_unknown: {
    status: 503,
    title: 'The database did not answer; the change may or may not have been made',
  },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof PROBLEMS

/** One part of a request that does not fit; `path` joins the field names with dots. */
export interface FieldError {
  path: string
  message: string
}

interface Extras {
  errors?: FieldError[]
  headers?: Record<string, string>
}

/** Thrown by routes and middleware; `onError` renders it as RFC 9457 problem details. */
export class Problem extends Error {
  override name = 'Problem'
  readonly code: ProblemCode
  readonly extras: Extras

  constructor(code: ProblemCode, extras: Extras) {
    super(code)
    this.code = code
    this.extras = extras
  }
}

export const problem = (code: ProblemCode, extras: Extras = {}): Problem => new Problem(code, extras)

/** The answer for a problem: the same bytes for the same code and errors, whatever the reason behind it. */
export const problemResponse = ({ code, extras: { errors, headers } }: Problem): Response => {
  const { status, title } = PROBLEMS[code]
  const body = { type: 'about:blank', title, status, code, ...(errors && { errors }) }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      ...(code === 'unauthorized' && { 'WWW-Authenticate': 'Bearer' }),
      ...headers,
    },
  })
}
