import {
  authorizationCodeRequest,
  createAuthorizationURL,
  type OAuthProvider,
  verifyProviderIdToken,
} from 'better-auth/oauth2'
import { createRemoteJWKSet, decodeJwt } from 'jose'
import * as z from 'zod'
import { askProvider, PROVIDER_DEADLINE_MS } from './ask.ts'
import { ProviderFault, refused, unavailable } from './fault.ts'
import { profileOf } from './profile.ts'
import type { ProviderSettings } from './settings.ts'

const SCOPES = ['openid', 'email', 'profile']

/** Those of RFC 7518 with a key pair: a token signed with the client secret proves too little. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** It comes straight from the provider, in the same request. */
const ID_TOKEN_MAX_AGE = '10 minutes'

/**
 * An OpenID Connect provider, by the authorization code flow with PKCE and nonce. What it is made of is read
 * from its discovery document when a call needs it. Every function throws `ProviderFault`.
 */
export const openIdProvider = (
  { id, name, clientId, clientSecret }: ProviderSettings,
  issuer: string,
): OAuthProvider<{ subject: string }> => {
  const options = { clientId, clientSecret }
  let metadata: Promise<Metadata> | undefined
  const discovered = () => {
    metadata ??= discover(issuer)
    return metadata
  }

  return {
    id,
    name,
    issuer,
    requiresIdTokenNonce: true,
    // A subject is unique within its issuer only (OIDC Core, 5.7), and the operator may set another issuer.
    accountSubject: ({ profile }) => `${issuer} ${profile.subject}`,

    createAuthorizationURL: async ({ state, codeVerifier, idTokenNonce = '', redirectURI }) =>
      createAuthorizationURL({
        id,
        options,
        authorizationEndpoint: (await discovered()).authorization_endpoint,
        state,
        codeVerifier,
        nonce: idTokenNonce,
        scopes: SCOPES,
        redirectURI,
      }),

    validateAuthorizationCode: async ({ code, codeVerifier = '', redirectURI }) => {
      const { token_endpoint: url, token_endpoint_auth_methods_supported: methods } = await discovered()
      const method = methods.includes('client_secret_basic') ? 'client_secret_basic' : 'client_secret_post'
      const request = await authorizationCodeRequest({
        code,
        codeVerifier,
        redirectURI,
        options,
        tokenEndpoint: url,
        tokenEndpointAuth: { method },
      })
      const tokens = await askProvider('token', url, { method: 'POST', ...request, answer: Tokens })
      return { idToken: tokens.id_token, accessToken: tokens.access_token }
    },

    getUserInfo: async ({ idToken = '', accessToken = '', expectedIdTokenNonce }) => {
      const { jwks_uri, userinfo_endpoint } = await discovered()
      if (!expectedIdTokenNonce) throw refused('nonce_missing')
      const rules = {
        jwks: createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: PROVIDER_DEADLINE_MS }),
        issuer,
        audience: clientId,
        algorithms: ALGORITHMS,
        maxTokenAge: ID_TOKEN_MAX_AGE,
        verifyClaims: ({ aud, azp, exp }: Record<string, unknown>) =>
          typeof exp === 'number' && (azp === clientId || (azp === undefined && !Array.isArray(aud))),
      }
      if (!(await verifyProviderIdToken({ idToken: rules }, idToken, expectedIdTokenNonce)))
        throw refused('id_token')

      const claims = PersonClaims.parse(decodeJwt(idToken))
      if (claims.email !== undefined || !userinfo_endpoint) return profileOf(claimsOf(claims))
      const headers = { Authorization: `Bearer ${accessToken}` }
      const told = await askProvider('userinfo', userinfo_endpoint, { headers, answer: PersonClaims })
      // Else it could be about anybody (OIDC Core, 5.3.2).
      if (told.sub !== claims.sub) throw refused('userinfo_subject')
      return profileOf(claimsOf(told))
    },
  }
}

const discover = async (issuer: string): Promise<Metadata> => {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const metadata = await askProvider('discovery', url, { answer: Metadata }).catch((error: unknown) => {
    throw error instanceof ProviderFault ? unavailable(error.reason) : error
  })
  if (metadata.issuer !== issuer) throw unavailable('discovery_issuer')
  // What is spoken safely with goes on safely.
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint = issuer } = metadata
  const endpoints = [authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint]
  const isSafe = endpoints.every((endpoint) => !issuer.startsWith('https:') || endpoint.startsWith('https:'))
  if (!isSafe) throw unavailable('discovery_insecure')
  return metadata
}

const endpoint = z.url({ protocol: /^https?$/ })

type Metadata = z.output<typeof Metadata>
const Metadata = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  userinfo_endpoint: endpoint.optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
})

const Tokens = z.object({ id_token: z.string(), access_token: z.string() })

const PersonClaims = z.object({
  sub: z.string(),
  email: z.unknown().optional(),
  email_verified: z.unknown().optional(),
  name: z.unknown().optional(),
})

/** Some providers say `"true"`. */
const claimsOf = ({ sub, email, email_verified, name }: z.output<typeof PersonClaims>) => ({
  subject: sub,
  email,
  emailVerified: email_verified === true || email_verified === 'true',
  name,
})
