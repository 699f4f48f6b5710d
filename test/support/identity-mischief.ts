import { type CryptoKey, decodeJwt, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import type { Mischief } from './identity.ts'

interface Forger {
  key: CryptoKey
  keyId: string
  client: { id: string; secret: string }
}

interface TokenAnswer {
  body: unknown
  status: number
}

/** Changes the answer of the token endpoint so that one thing in it is wrong; what it signs, it signs well. */
export const idTokenForger = ({ key, keyId, client }: Forger) => {
  const signed = (claims: JWTPayload, by: CryptoKey = key) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: keyId }).sign(by)
  const nowSeconds = () => Math.floor(Date.now() / 1000)

  const forged = async (mischief: Mischief, claims: JWTPayload): Promise<string | undefined> => {
    const { nonce: _, ...withoutNonce } = claims
    const { exp: __, ...withoutExpiry } = claims
    switch (mischief) {
      case 'another audience':
        return signed({ ...claims, aud: 'another-client' })
      case 'several audiences':
        return signed({ ...claims, aud: [client.id, 'another-client'], azp: 'another-client' })
      case 'another issuer':
        return signed({ ...claims, iss: 'https://another.example' })
      case 'bad signature':
        return signed(claims, (await generateKeyPair('RS256')).privateKey)
      case 'wrong nonce':
        return signed({ ...claims, nonce: 'of-another-sign-in' })
      case 'no nonce':
        return signed(withoutNonce)
      case 'expired':
        return signed({ ...claims, exp: nowSeconds() - 60 })
      case 'without expiry':
        return signed(withoutExpiry)
      case 'issued long ago':
        return signed({ ...claims, iat: nowSeconds() - 3600 })
      case 'signed with the client secret':
        return new SignJWT(claims)
          .setProtectedHeader({ alg: 'HS256' })
          .sign(new TextEncoder().encode(client.secret))
      case 'unsigned':
        return new UnsecuredJWT(claims).encode()
      default:
        return undefined
    }
  }

  return async (ctx: TokenAnswer, mischief: Mischief) => {
    if (mischief === 'silent') return new Promise<void>(() => {})
    if (mischief === 'broken') {
      ctx.status = 500
      ctx.body = { error: 'server_error' }
      return
    }
    if (mischief === 'userinfo about somebody else') return
    const { id_token, ...rest } = ctx.body as { id_token: string }
    const token = mischief === 'no id token' ? undefined : await forged(mischief, decodeJwt(id_token))
    ctx.body = { ...rest, ...(token && { id_token: token }) }
  }
}
