/** What keeps the database from being set up, as a sentence for the person who runs the command. */
export class SetupFailure extends Error {
  override name = 'SetupFailure'
}

/** What Postgres itself says of an error: a wrapped one's text holds the statement, and is not for printing. */
export const postgresErrorIn = (error: unknown): { code: string; message: string } | undefined => {
  if (!(error instanceof Error)) return undefined
  if (error.cause instanceof Error) return postgresErrorIn(error.cause)
  return 'code' in error && typeof error.code === 'string'
    ? { code: error.code, message: error.message }
    : undefined
}
