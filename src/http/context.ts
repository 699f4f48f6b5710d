import type { UserScope } from '../db/user-scope.ts'
import type { WriteKey } from '../db/write.ts'

/** Where a request's time went, in milliseconds. Workers stop the clock between I/O, so `auth` is often 0. */
export interface Timings {
  auth?: number
  database?: number
}

/** What middleware leaves for those after it. */
export interface AppEnv {
  Variables: {
    requestId: string
    timings: Timings
    /** The one user's data; set by the gate, for routes behind it. */
    scope: UserScope
    /** What the caller calls the write that it asks for. */
    writeKey?: WriteKey
    /** Why a request was refused or failed: for the log only. */
    refusal?: string
    /** The SQLSTATE with which the database refused: for the log only. */
    sqlState?: string
  }
}
