import { type SQL, sql } from 'drizzle-orm'
import { databaseErrorIn } from './session-ended.ts'

/** What the database knows a write by, so that it is made once however often it is sent. */
export interface WriteKey {
  key: string
  /** What is asked, hashed: the same key with another request is refused. */
  request: string
  /** How long the answer is kept for those who ask again, as Postgres writes intervals. */
  keptFor: string
}

/** For a write that its caller gave no key: it is repeated within its own request only. */
export const oneTimeKey = (): WriteKey => ({
  key: `once:${crypto.randomUUID()}`,
  request: '',
  keptFor: '1 hour',
})

/**
 * Why the database made nothing of a write: what it names is `missing`; it is there, but not in a version that the
 * condition allows (`stale`); a field of it does not fit what else the user has (`unfit`), or something of the user's is in its
 * way (`conflict`); the user may have no more (`quota`); or its key is that of another request (`key reused`).
 */
export type Refusal = 'missing' | 'stale' | 'unfit' | 'conflict' | 'quota' | 'key reused'

export class WriteRefused extends Error {
  override name = 'WriteRefused'
  readonly refusal: Refusal
  /** The field that it is about, and what is to say of it: texts of ours, and no values. */
  readonly about: { path: string; message: string } | undefined
  /** Which change of the write it was, if there were several. */
  readonly step: number | undefined

  constructor(refusal: Refusal, { about, step }: Partial<Pick<WriteRefused, 'about' | 'step'>> = {}) {
    super(`the write was refused: ${refusal}`)
    this.refusal = refusal
    this.about = about
    this.step = step
  }
}

/** Reads a driver's error of a write; `undefined` when it is of another kind. */
export const refusalIn = (error: unknown): WriteRefused | undefined => {
  const { code, table, column, constraint } = databaseErrorIn(error)
  const refusal = typeof code === 'string' ? REFUSALS[code] : undefined
  const about =
    typeof column === 'string' && typeof constraint === 'string'
      ? { path: column, message: constraint }
      : undefined
  const step = typeof table === 'string' && /^\d+$/.test(table) ? Number(table) : undefined
  return refusal && new WriteRefused(refusal, { about, step })
}

/** By the SQLSTATE that `edgewise.begin_write`, `edgewise.changed` and `edgewise.refuse` raise. */
const REFUSALS: Record<string, Refusal> = {
  EW400: 'unfit',
  EW404: 'missing',
  EW409: 'conflict',
  EW412: 'stale',
  EW422: 'key reused',
  EW429: 'quota',
}

/** What a write lacks that only the Worker can work out, if the error says that it does: see `edgewise.complete`. */
export const unfinishedIn = (error: unknown): unknown => {
  const { code, constraint } = databaseErrorIn(error)
  return code === 'EW428' && typeof constraint === 'string' ? JSON.parse(constraint) : undefined
}

/** What the write answered when it was made, if the error says that it has been. */
export const earlierAnswersIn = (error: unknown): unknown[] | undefined => {
  const { code, constraint } = databaseErrorIn(error)
  if (code !== 'EW200' || typeof constraint !== 'string') return undefined
  const answers: unknown = JSON.parse(constraint)
  return Array.isArray(answers) ? answers : undefined
}

/** What an earlier step of the same write answered, as `jsonb`: for values that are known only then. */
export const earlierAnswer = (step: number): SQL =>
  sql`(('[' || current_setting('app.answers') || ']')::jsonb -> ${step}::integer)`
