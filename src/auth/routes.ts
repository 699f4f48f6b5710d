import type { Config } from '../env.ts'
import { createRouter } from '../http/router.ts'
import { authOperations } from './contract.ts'

/**
 * Sign-in, by Better Auth. It is loaded when it is called for, so that the data path never pays for it;
 * and only for the operations in the contract, so that it opens nothing by default that nobody asked for.
 */
export const authRoutes = (config: Config) => {
  const router = createRouter()
  for (const operation of authOperations) {
    router.openAPIRegistry.registerPath(operation)
    router.on(operation.method, operation.path, async (c) => {
      const { answerAuth } = await import('./better-auth.ts')
      return answerAuth(withBody(c.req.raw), config)
    })
  }
  return router
}

/** Better Auth asks every POST for a JSON body, also where it has nothing to say. */
const withBody = (request: Request): Request => {
  if (request.method !== 'POST' || request.body) return request
  const headers = new Headers(request.headers)
  headers.set('Content-Type', 'application/json')
  return new Request(request, { headers, body: '{}' })
}
