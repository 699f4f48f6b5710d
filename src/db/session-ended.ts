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

/** The SQLSTATE and routine of a driver's error, also when Drizzle has wrapped it. Never its message. */
export const databaseErrorIn = (error: unknown): { code?: unknown; routine?: unknown } => {
  if (!(error instanceof Error)) return {}
  if ('code' in error && 'routine' in error) return { code: error.code, routine: error.routine }
  return databaseErrorIn(error.cause)
}
