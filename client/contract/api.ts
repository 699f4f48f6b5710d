import { hc } from 'hono/client'
import type { AppType } from '../../src/app.ts'
import { PROBLEMS } from '../../src/http/problem.ts'

/*
 * The contract's types for the client, from the Worker's own routes: what they say is inferred here once, and compiled to
 * plain declarations (../types), so that no editor has to, and nobody who uses the client needs the server's source.
 */
const api = hc<AppType>('')
// Spread, so that the declaration says it all.
const problems = { ...PROBLEMS }

export type Api = typeof api
export type ProblemCode = keyof typeof problems
