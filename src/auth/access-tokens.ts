import { type Jwk, jwt } from 'better-auth/plugins/jwt'
import type { Config } from '../env.ts'
import { RETIREMENT_SECONDS } from './key-cache.ts'
import { isOurKeyId, mintKeyId } from './key-id.ts'
import { TOKEN_LIFETIME_SECONDS } from './token.ts'

/** A key signs for this long; then the next token makes a new one. */
const SIGNING_KEY_LIFETIME_SECONDS = 30 * 24 * 60 * 60

/**
 * Better Auth's JWT plugin, as our gate asks for tokens. A key signs only while its name carries the MAC of
 * the current secret, which also encrypts it: a new secret brings a new key with the next token, and the
 * keys of the former one go on verifying.
 */
export const accessTokens = ({ authSecret, baseUrl }: Config) =>
  jwt({
    disableSettingJwtHeader: true,
    jwks: { rotationInterval: SIGNING_KEY_LIFETIME_SECONDS, gracePeriod: RETIREMENT_SECONDS },
    jwt: {
      issuer: baseUrl,
      audience: baseUrl,
      expirationTime: `${TOKEN_LIFETIME_SECONDS}s`,
      definePayload: ({ session }) => ({ sid: session.id }),
      getSubject: ({ user }) => user.id,
    },
    adapter: {
      getJwks: async ({ context, path }) => {
        const keys = await context.adapter.findMany<Jwk>({ model: 'jwks' })
        if (path !== '/token') return keys
        const ours = await Promise.all(keys.map(({ id }) => isOurKeyId(id, authSecret)))
        return keys.filter((_, index) => ours[index])
      },
      createJwk: async (key, { context }) =>
        context.adapter.create({
          model: 'jwks',
          data: { ...key, id: await mintKeyId(authSecret) },
          forceAllowId: true,
        }),
    },
  })
