import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'
import { problem } from './problem.ts'

/**
 * A router whose routes refuse what their contract does not say: a malformed id is a resource that does
 * not exist (404), anything else that does not fit is `invalid_request`, naming each misfit.
 */
export const createRouter = () =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return
      if (result.target === 'param') throw problem('not_found')
      throw problem('invalid_request', { errors: result.error.issues.flatMap(fieldErrors) })
    },
  })

type Issue = { code?: string; path: PropertyKey[]; message: string; keys?: string[]; errors?: Issue[][] }

const fieldErrors = ({ code, path, message, keys }: Issue) => {
  const at = path.map(String)
  if (code === 'unrecognized_keys' && keys) {
    return keys.map((key) => ({ path: [...at, key].join('.'), message: 'is not a field of this request' }))
  }
  return [{ path: at.join('.'), message }]
}
