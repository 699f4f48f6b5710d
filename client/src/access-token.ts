import { EdgewiseError, errorOf } from './error.ts'

/** An access token is renewed this long before it ends. */
const RENEWED_BEFORE_MS = 60_000

export interface AccessTokens {
  /** A token that is good for a while yet: the one at hand, or a new one, which all who wait for it share. */
  current(): Promise<string>
  /** Forgets the token that was refused, if it is still the one at hand. */
  refused(token: string): void
  forget(): void
}

/**
 * The access tokens of the session, by calls of `fetchToken`. Lifetimes are measured from when a token came, so that a clock that is
 * wrong does no harm. Throws `signed_out` when there is no session.
 */
export const accessTokens = (fetchToken: () => Promise<Response>): AccessTokens => {
  let held: { token: string; renewAt: number } | undefined
  let coming: Promise<string> | undefined

  const fetchNew = async (): Promise<string> => {
    const answer = await fetchToken()
    if (answer.status === 401) throw new EdgewiseError('signed_out', 'The session has ended', { status: 401 })
    if (!answer.ok) throw await errorOf(answer)
    const { token }: { token: string } = await answer.json()
    held = { token, renewAt: performance.now() + lifetimeOf(token) - RENEWED_BEFORE_MS }
    return token
  }

  return {
    current: async () => {
      if (held && performance.now() < held.renewAt) return held.token
      coming ??= fetchNew().finally(() => {
        coming = undefined
      })
      return coming
    },
    refused: (token) => {
      if (held?.token === token) held = undefined
    },
    forget: () => {
      held = undefined
    },
  }
}

/** How long the token is good for, by its own `iat` and `exp`, in milliseconds; 0 for one that does not tell. */
const lifetimeOf = (token: string): number => {
  try {
    const [, payload = ''] = token.split('.')
    const { iat, exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/')))
    return Number.isFinite(exp - iat) ? (exp - iat) * 1000 : 0
  } catch {
    return 0
  }
}
