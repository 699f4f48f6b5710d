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
      return answerAuth(forBetterAuth(c.req.raw), config)
    })
  }
  return router
}

/** The request in the form in which Better Auth takes it, where it asks for more than the contract does. */
const forBetterAuth = (request: Request): Request => {
  if (request.method !== 'POST') return request
  const headers = new Headers(request.headers)
  // It takes a lone Sec-Fetch-Mode for a browser that hides its origin; but browsers send the site with it
  // (W3C Fetch Metadata), and it is Node's fetch that does not.
  if (!TOLD_BY_BROWSERS.some((name) => headers.has(name))) headers.delete('Sec-Fetch-Mode')
  if (request.body) return new Request(request, { headers })

  // It asks for a JSON body also where it has no use for one.
  headers.set('Content-Type', 'application/json')
  return new Request(request, { headers, body: '{}' })
}

const TOLD_BY_BROWSERS = ['Origin', 'Referer', 'Cookie', 'Sec-Fetch-Site', 'Sec-Fetch-Dest']
