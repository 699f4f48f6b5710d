import type { Session } from './backend.ts'
import type { Payload, Statement } from './payload.ts'
import { type Budget, pipeline, type Result } from './pipeline.ts'
import { unexpectedMessage } from './refusal.ts'

/** A batch's transaction, as asked for by the `Neon-Batch-*` headers. */
export type TransactionMode = { isolation: string | undefined; readOnly: boolean; deferrable: boolean }

/** Runs a request's statements, a batch in a transaction of its own; throws whatever stopped them. */
export const runCall = async (
  session: Session,
  { batch, statements }: Payload,
  mode: TransactionMode,
  budget: Budget,
): Promise<Result[]> => {
  if (statements.some(({ text }) => COPY_WITH_CLIENT.test(text))) throw unexpectedMessage()
  const send = (some: Statement[]) => pipeline(session.client, some, budget, session.abandon)
  if (!batch) return send(statements)

  const start = { text: startTransaction(mode), params: [], arrayMode: undefined }
  const steps = [start, ...statements]
  const [, ...results] = statements.some(({ text }) => MAY_END_TRANSACTION.test(text))
    ? await oneByOne(send, steps)
    : await send(steps)
  // On its own, because an answer that turns out too large must not have been committed.
  await session.commit()
  return results
}

const LEADING_SPACE = String.raw`^(?:\s|;|--[^\n]*(?:\n|$)|/\*[\s\S]*?\*/)*`

/** A COPY that would make Postgres wait for the client's data: no place for it here, and PGlite does not survive it. */
const COPY_WITH_CLIENT = new RegExp(String.raw`${LEADING_SPACE}copy\b[\s\S]*\b(?:stdin|stdout)\b`, 'i')

/** After a COMMIT in its midst, the rest of a batch is no longer one transaction and must not be sent as one. */
const MAY_END_TRANSACTION = new RegExp(
  String.raw`${LEADING_SPACE}(?:begin|start|commit|end|rollback|abort|prepare\s+transaction)\b`,
  'i',
)

const startTransaction = ({ isolation, readOnly, deferrable }: TransactionMode) => {
  const modes = [
    isolation && `ISOLATION LEVEL ${isolation}`,
    readOnly && 'READ ONLY',
    deferrable && 'DEFERRABLE',
  ].filter(Boolean)
  return `START TRANSACTION ${modes.join(', ')}`
}

const oneByOne = async (send: (some: Statement[]) => Promise<Result[]>, steps: Statement[]) => {
  const results: Result[] = []
  for (const step of steps) results.push(...(await send([step])))
  return results
}
