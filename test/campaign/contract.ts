import { send } from './client.ts'
import { OPERATIONS } from './operations.ts'
import type { Worker } from './stage.ts'

/** How an operation is called. */
export interface Route {
  method: string
  /** As in the document, for example `/v1/tasks/{id}`. */
  path: string
}

/**
 * Those of accounts and sessions, which are no user data: `comings.ts` and `test/account-faults.test.ts` have faults for them.
 */
const NOT_PLAYED = [
  'signUpWithEmail',
  'signInWithEmail',
  'signInWithProvider',
  'signOut',
  'sendVerificationEmail',
  'requestPasswordReset',
  'resetPassword',
  'changePassword',
  'changeEmail',
  'deleteAccount',
  'endSession',
  'endOtherSessions',
]

/** Every operation that is played, by its name in the contract. Throws where the contract has one that writes and is not known. */
export const routesOf = async (worker: Worker): Promise<Map<string, Route>> => {
  const { body } = await send(worker, { path: '/openapi.json' })
  const paths = (body?.paths ?? {}) as Record<string, Record<string, { operationId: string }>>
  const routes = new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).flatMap(([method, { operationId }]): [string, Route][] =>
        method === 'get' ? [] : [[operationId, { method: method.toUpperCase(), path }]],
      ),
    ),
  )
  const known = [...Object.keys(OPERATIONS), ...NOT_PLAYED]
  const unknown = [...routes.keys()].filter((name) => !known.includes(name))
  if (unknown.length > 0) {
    throw new Error(`the campaign does not know how to write with ${unknown}: teach it in OPERATIONS`)
  }
  const stale = Object.keys(OPERATIONS).filter((name) => !routes.has(name))
  if (stale.length > 0) throw new Error(`the campaign knows operations that are none: ${stale}`)
  return routes
}
