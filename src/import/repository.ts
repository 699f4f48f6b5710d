import { type SQL, sql } from 'drizzle-orm'
import * as z from 'zod'
import type { Step } from '../db/transactions.ts'
import type { UserScope } from '../db/user-scope.ts'
import { problem } from '../http/problem.ts'
import { type Entry, type File, isEntry, type TaskEntry } from './entry.ts'
import { IMPORT_BODY } from './limits.ts'
import { parentsFirst } from './order.ts'
import { completionRow, labelRow, listRow, taskRow } from './rows.ts'

/** Tasks, or completions, in one statement. */
const BATCH_SIZE = 250
/** Of all statements, as they are sent: Neon takes 10 MiB, and what is escaped twice can be much of little. */
const MAX_STATEMENT_BYTES = 9 * 1_024 * 1_024

const Outcome = z.union([
  z.enum(['added', 'there']).transform((outcome) => ({ outcome })),
  z.object({
    outcome: z.enum(['added', 'there']),
    /** The id that it has here, if it is another one. */
    id: z.string().optional(),
    inTrash: z.boolean().optional(),
    /** Whether it is no more below the task that it was below. */
    alone: z.boolean().optional(),
  }),
  z.object({ outcome: z.literal('refused'), code: z.string(), path: z.string(), reason: z.string() }),
])

/** What became of an entry. */
export type Outcome = z.infer<typeof Outcome>

type Outcomes = [Entry, Outcome][]

/** Takes files in among one user's things. */
export const importsOf = (scope: UserScope) => ({
  /**
   * Takes in every entry of the file, or none if one of them is refused or it is a trial; and says what became of each, or would
   * have. Throws `payload_too_large` for what the database would not take.
   */
  take: async (file: File, { isTrial }: { isTrial: boolean }): Promise<Map<Entry, Outcome>> => {
    const { isLenient } = file
    const entries = file.entries.filter(isEntry)
    const ofKind = <K extends Entry['kind']>(kind: K) =>
      entries.filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind)
    let bytes = 0

    const step = <E extends Entry>(
      batch: readonly E[],
      rowOf: (entry: E) => object,
      call: (owner: SQL, rows: SQL) => SQL,
    ): Step<Outcomes> => {
      const rows = JSON.stringify(batch.map(rowOf))
      bytes += new TextEncoder().encode(JSON.stringify(rows)).byteLength
      if (bytes > MAX_STATEMENT_BYTES) {
        throw problem('payload_too_large', { errors: [{ path: '', message: IMPORT_BODY.tooLarge }] })
      }
      return scope.rawChange(
        (owner) => call(owner, sql`${rows}::jsonb`),
        z
          .array(Outcome)
          .transform((outcomes) =>
            batch.flatMap((entry, at): Outcomes => (outcomes[at] ? [[entry, outcomes[at]]] : [])),
          ),
      )
    }

    const steps = [
      // Each in one piece: what has an id here already is not to be joined with what has only the name.
      step(
        ofKind('list'),
        listRow,
        (owner, rows) => sql`edgewise.import_named(${owner}, 'list', ${rows}, ${isLenient})`,
      ),
      step(
        ofKind('label'),
        labelRow,
        (owner, rows) => sql`edgewise.import_named(${owner}, 'label', ${rows}, ${isLenient})`,
      ),
      ...batchesOf(parentsFirst(ofKind('task'))).map((batch, at, batches) => {
        const follows = JSON.stringify(at === 0 ? file.follows : endOf(batches[at - 1]))
        return step(
          batch,
          taskRow,
          (owner, rows) => sql`edgewise.import_tasks(${owner}, ${rows}, ${follows}::jsonb, ${isLenient})`,
        )
      }),
      ...batchesOf(ofKind('completion')).map((batch) =>
        step(batch, completionRow, (owner, rows) => sql`edgewise.import_completions(${owner}, ${rows})`),
      ),
      scope.rawChange(
        () => sql`edgewise.settle_import()`,
        z.unknown().transform((): Outcomes => []),
      ),
    ]
    return new Map((await scope.together(steps, { isTrial })).flat())
  },
})

const batchesOf = <E>(entries: readonly E[]): E[][] =>
  Array.from({ length: Math.ceil(entries.length / BATCH_SIZE) }, (_, at) =>
    entries.slice(at * BATCH_SIZE, (at + 1) * BATCH_SIZE),
  )

/** The task that the next batch follows. */
const endOf = (batch: readonly TaskEntry[] = []) => {
  const { id, thing } = batch.at(-1) ?? {}
  return thing?.position ? { id, position: thing.position } : null
}
