import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'
import { type FieldError, problem } from './problem.ts'

/**
 * A router whose routes refuse what their contract does not say: a malformed id is a resource that does
 * not exist (404), anything else that does not fit is `invalid_request`, naming each misfit.
 */
export const createRouter = () =>
  new OpenAPIHono<AppEnv>({
    defaultHook: (result) => {
      if (result.success) return
      if (result.target === 'param') throw problem('not_found')
      throw problem('invalid_request', { errors: fieldErrorsOf(result.error) })
    },
  })

/** Every misfit that a schema found, by the name of the field. */
export const fieldErrorsOf = ({ issues }: { issues: readonly unknown[] }): FieldError[] =>
  issues.flatMap((issue) => fieldErrors(issue as Issue))

interface Issue {
  code?: string
  path: PropertyKey[]
  message: string
  keys?: string[]
  errors?: Issue[][]
}

const fieldErrors = ({ code, path, message, keys = [], errors = [] }: Issue): FieldError[] => {
  const at = (name: PropertyKey) => [...path, name].map(String).join('.')
  if (code === 'unrecognized_keys') {
    return keys.map((key) => ({ path: at(key), message: 'is not a field of this request' }))
  }
  const nearest = errors.toSorted((a, b) => misfit(a) - misfit(b))[0]
  if (code === 'invalid_union' && nearest?.every((issue) => issue.path.length > 0 || issue.keys)) {
    return nearest.flatMap((issue) => fieldErrors({ ...issue, path: [...path, ...issue.path] }))
  }
  return [{ path: path.map(String).join('.'), message }]
}

/** How far a value is from one form of a union: the nearest one's complaints are those to tell. */
const misfit = (issues: Issue[]): number =>
  issues.reduce((sum, { keys }) => sum + (keys ? keys.length + 0.5 : 1), 0)
