import { createAuthClient } from 'better-auth/react'
import type { FieldError } from '../../../client/src/index.ts'
import { AuthFailure } from './failure.ts'

/** Longer than the server gives its database. */
const DEADLINE_MS = 20_000

/** Better Auth's own client, at the address that the page is from. */
export const authClient = createAuthClient({ fetchOptions: { timeout: DEADLINE_MS } })

interface Outcome<T> {
  data: T | null
  error: {
    message?: string | undefined
    status: number
    code?: string | undefined
    title?: string
    errors?: FieldError[]
  } | null
}

interface Hooks {
  onError: (context: { response: Response }) => void
}

/** What a call of Better Auth's client answers. Throws `AuthFailure`, with what only the answer's headers tell. */
export const answerOf = async <T>(call: (hooks: Hooks) => Promise<Outcome<T>>): Promise<T | null> => {
  let retryAfter: string | null = null
  const onError: Hooks['onError'] = ({ response }) => {
    retryAfter = response.headers.get('Retry-After')
  }
  const { data, error } = await call({ onError }).catch(() => {
    throw new AuthFailure('The server cannot be reached', 0)
  })
  if (!error) return data
  const { status, code, message, title, errors } = error
  throw new AuthFailure(message ?? title ?? 'That did not work', status, {
    code,
    ...(errors && { errors }),
    retryAfterMs: retryAfter === null ? undefined : Number(retryAfter) * 1_000,
  })
}
