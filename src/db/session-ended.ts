/** The token was good, but its session has ended or its user is disabled or gone. */
export class SessionEnded extends Error {
  override name = 'SessionEnded'
}

/**
 * Whether the database refused the call in `edgewise.begin_request`. A role that may not log in is 28000
 * too, so the routine is looked at: PL/pgSQL's RAISE.
 */
export const saysSessionEnded = (error: unknown): boolean => {
  const { code, routine } = databaseErrorIn(error)
  return code === '28000' && routine === 'exec_stmt_raise'
}

interface DatabaseError {
  code?: unknown
  routine?: unknown
  table?: unknown
  column?: unknown
  constraint?: unknown
}

/** The SQLSTATE and the fields of a driver's error, also when Drizzle has wrapped it. Never its message. */
export const databaseErrorIn = (error: unknown): DatabaseError => {
  if (!(error instanceof Error)) return {}
  if ('code' in error && 'routine' in error) return error
  return databaseErrorIn(error.cause)
}
