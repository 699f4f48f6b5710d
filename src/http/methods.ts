import type { Hono } from 'hono'
import type { AppEnv } from './context.ts'
import { problem } from './problem.ts'

/** Answers 405 with `Allow` for every path that exists, by the methods that no route of it has. */
export const refuseOtherMethods = (app: Hono<AppEnv>) => {
  const methodsOf = new Map<string, string[]>()
  for (const { method, path } of app.routes) {
    if (method !== 'ALL') methodsOf.set(path, [...(methodsOf.get(path) ?? []), method])
  }
  for (const [path, methods] of methodsOf) {
    const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    const headers = { Allow: [...new Set(allowed)].join(', ') }
    app.all(path, () => {
      throw problem('method_not_allowed', { headers })
    })
  }
}
