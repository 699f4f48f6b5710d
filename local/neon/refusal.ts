import pg from 'pg'

/** An answer other than 200. `code` is an SQLSTATE, or '' where Neon's proxy speaks for itself. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, message: string, code = '') {
    super(message)
    this.status = status
    this.code = code
  }
}

export const wrongPassword = (user: string) =>
  new Refusal(400, `password authentication failed for user '${user}'`)

/** Postgres said something that the protocol has no place for, such as the start of a COPY. */
export const unexpectedMessage = () => new Refusal(400, 'unexpected message from server')

/** The failure as Neon words it: an HTTP status and a body with every field the driver reads. */
export const renderFailure = (failure: unknown): { status: number; body: string } => {
  if (failure instanceof pg.DatabaseError) return { status: 400, body: errorBody(failure.message, failure) }
  if (failure instanceof Refusal) {
    const cause = failure.cause instanceof pg.DatabaseError ? failure.cause : { code: failure.code }
    return { status: failure.status, body: errorBody(failure.message, cause) }
  }
  return { status: 500, body: errorBody('internal server error', {}) }
}

const errorBody = (message: string, fields: Partial<pg.DatabaseError>) => {
  // Like the proxy: a position inside a function's own query is told apart from one in the caller's.
  const internal = fields.position === undefined && fields.internalPosition !== undefined
  return JSON.stringify({
    message,
    code: fields.code ?? '',
    detail: fields.detail ?? null,
    hint: fields.hint ?? null,
    position: fields.position ?? null,
    internalPosition: internal ? fields.internalPosition : null,
    internalQuery: internal ? (fields.internalQuery ?? null) : null,
    severity: fields.severity ?? '',
    where: fields.where ?? null,
    table: fields.table ?? null,
    column: fields.column ?? null,
    schema: fields.schema ?? null,
    dataType: fields.dataType ?? null,
    constraint: fields.constraint ?? null,
    file: fields.file ?? null,
    line: fields.line ?? null,
    routine: fields.routine ?? null,
  })
}
