import type { SigningKey } from '../tokens.ts'

/** A request's credentials: a header's value, or several headers and a query. */
export type Credentials = string | { headers?: [string, string][]; search?: string }

export interface Ingredients {
  /** A good access token, which all the bad ones come from. */
  token: string
  /** The key that signed it. */
  key: SigningKey
  /** Another published key. */
  otherKey: SigningKey
  /** A good token of somebody else's. */
  othersToken: string
  /** What Better Auth gives for a session: its token, and the cookie with a signature. */
  session: { sessionToken: string; cookie: string }
}

/** Tokens by what is wrong with each: only that, and nothing else. */
export type BadTokens = Promise<[string, string][]>

/** Awaits the tokens. */
export const settled = async (bad: [string, string | Promise<string>][]): BadTokens =>
  Promise.all(bad.map(async ([name, token]): Promise<[string, string]> => [name, await token]))
