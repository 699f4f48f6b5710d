import { accessTokens } from './access-token.ts'
import { connectTo } from './connect.ts'
import { exports } from './export.ts'
import { imports } from './import.ts'
import { resources } from './resources.ts'
import { transport } from './transport.ts'

export { EdgewiseError, type ErrorCode, type FieldError } from './error.ts'
export { createStore, type Store, type StoreState } from './store.ts'
export type * from './types.ts'

export interface EdgewiseOptions {
  /** Where Edgewise is, say `https://tasks.example.com`; in a browser, the page's own origin. */
  baseUrl?: string
  /** The session token of a sign-in, where there is no cookie to hold it: in Node, Workers and Bun. */
  sessionToken?: string | (() => string | undefined | Promise<string | undefined>)
  /** Told when the session has ended: the person must sign in again. */
  onSignedOut?: () => void
  fetch?: typeof globalThis.fetch
}

export type Edgewise = ReturnType<typeof createEdgewise>

/**
 * A client of one user's Edgewise. It fetches access tokens by the session and renews them, gives every write an
 * `Idempotency-Key`, and repeats what may be repeated. Calls throw `EdgewiseError`.
 */
export const createEdgewise = ({
  baseUrl = originOfPage(),
  sessionToken,
  onSignedOut = () => {},
  fetch = (...request) => globalThis.fetch(...request),
}: EdgewiseOptions = {}) => {
  const fetchToken = async () => {
    const session = typeof sessionToken === 'function' ? await sessionToken() : sessionToken
    const headers = new Headers(session ? { Authorization: `Bearer ${session}` } : {})
    return fetch(new URL('/api/auth/token', baseUrl), { headers })
  }
  const tokens = accessTokens(fetchToken)
  const signedFetch = transport({ fetch, tokens, onSignedOut })

  return {
    ...resources(connectTo(baseUrl, signedFetch)),
    ...exports(signedFetch, baseUrl),
    import: imports(signedFetch, baseUrl),
    /** Forgets the access token at hand: after signing out, or in as somebody else. */
    forget: tokens.forget,
  }
}

/** Where the page is from, in a browser. */
const originOfPage = (): string => {
  const location: { origin: string } | undefined = Reflect.get(globalThis, 'location')
  return location?.origin ?? ''
}
