import { inArray, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/** What a change of a row is bound to: any version there is, or one of those; `undefined`, nothing. */
export type Versions = 'any' | readonly number[] | undefined

/** True of a row in a version that the condition lets through. */
export const allowedBy = (version: PgColumn, versions: Versions): SQL | undefined =>
  versions === undefined || versions === 'any' ? undefined : inArray(version, [...versions])
