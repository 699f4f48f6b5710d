import { jwtVerify, SignJWT } from 'jose'

interface Secrets {
  authSecret: string
  formerAuthSecret: string | undefined
}

/**
 * The request as if all it carries had been signed with the current secret: what the former one signed is
 * verified with that and signed anew. Better Auth, which knows one secret for signatures, then takes
 * cookies, session tokens and links from before the change. What neither signed passes as it is.
 */
export const resigned = async (request: Request, secrets: Secrets): Promise<Request> => {
  const { authSecret, formerAuthSecret } = secrets
  if (!formerAuthSecret) return request
  const resign = async (signed: string) => {
    const value = await openedWith(signed, formerAuthSecret)
    return value && `${value}.${toBase64(await macOf(value, authSecret))}`
  }

  const headers = new Headers(request.headers)
  const cookies = headers.get('Cookie')?.split('; ') ?? []
  if (cookies.length > 0)
    headers.set('Cookie', (await Promise.all(cookies.map(withValue(resign)))).join('; '))
  const [, bearer = ''] = /^bearer ([^ ]+)$/i.exec(headers.get('Authorization') ?? '') ?? []
  const token = await resign(decoded(bearer))
  if (token) headers.set('Authorization', `Bearer ${token}`)

  const url = new URL(request.url)
  const link = await resignedLink(url.searchParams.get('token') ?? '', secrets)
  if (link) url.searchParams.set('token', link)
  return new Request(url, new Request(request, { headers }))
}

const withValue = (change: (value: string) => Promise<string | undefined>) => async (pair: string) => {
  const equals = pair.indexOf('=')
  const changed = await change(decoded(pair.slice(equals + 1)))
  return changed ? `${pair.slice(0, equals)}=${encodeURIComponent(changed)}` : pair
}

/** A link in a mail carries a JWT; it keeps its claims, its end among them. */
const resignedLink = async (token: string, { authSecret, formerAuthSecret }: Secrets) => {
  try {
    const { payload } = await jwtVerify(token, bytesOf(formerAuthSecret ?? ''), { algorithms: ['HS256'] })
    return await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(bytesOf(authSecret))
  } catch {
    return undefined
  }
}

/** The value of `value.signature`, if that secret signed it. */
const openedWith = async (signed: string, secret: string): Promise<string | undefined> => {
  const value = signed.slice(0, Math.max(signed.lastIndexOf('.'), 0))
  const [mac, told] = [await macOf(value, secret), fromBase64(signed.slice(value.length + 1))]
  if (!value || told?.length !== mac.length) return undefined
  return crypto.subtle.timingSafeEqual(mac, told) ? value : undefined
}

const macOf = async (value: string, secret: string): Promise<Uint8Array> => {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytesOf(secret), algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytesOf(value)))
}

const bytesOf = (text: string) => new TextEncoder().encode(text)

const toBase64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))

const fromBase64 = (text: string): Uint8Array | undefined => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
