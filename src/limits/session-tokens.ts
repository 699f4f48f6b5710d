const COOKIE_NAMES = ['better-auth.session_token', '__Secure-better-auth.session_token']

/**
 * The tokens of the sessions that a request may be for. Better Auth takes the bearer token if its signature
 * holds and else the cookie, the first of its name; all that it could take is counted, so that no header
 * can hide another.
 */
export const sessionTokensIn = (headers: Headers): string[] => {
  const [, bearer] = /^bearer (.*)$/i.exec(headers.get('Authorization') ?? '') ?? []
  const cookies = (headers.get('Cookie') ?? '').split(';').map(nameAndValue)
  const values = COOKIE_NAMES.map((name) => cookies.find((cookie) => cookie.name === name)?.value)
  const tokens = [bearer?.trim(), ...values].map(tokenIn).filter((token) => token !== undefined)
  return [...new Set(tokens)]
}

const nameAndValue = (cookie: string) => {
  const [name = '', ...value] = cookie.split('=')
  return { name: name.trim(), value: value.join('=').trim().replace(/^"/, '') }
}

/** The token of `token.signature`, which may be URL-encoded; what Better Auth makes is letters and digits. */
const tokenIn = (value = ''): string | undefined => /^[\w-]+/.exec(decoded(value))?.[0]

const decoded = (value: string): string => {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
