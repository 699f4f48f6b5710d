import { authorizationCodeRequest, createAuthorizationURL, type OAuthProvider } from 'better-auth/oauth2'
import * as z from 'zod'
import { askProvider } from './ask.ts'
import { refused } from './fault.ts'
import { profileOf } from './profile.ts'
import type { ProviderSettings } from './settings.ts'

const TOKEN_URL = 'https://github.com/login/oauth/access_token'
const SCOPES = ['read:user', 'user:email']

/** GitHub, by OAuth with PKCE. Every function throws `ProviderFault`. */
export const githubProvider = ({
  id,
  name,
  clientId,
  clientSecret,
}: ProviderSettings): OAuthProvider<{ subject: string }> => {
  const options = { clientId, clientSecret }
  return {
    id,
    name,
    accountSubject: ({ profile }) => profile.subject,

    createAuthorizationURL: ({ state, codeVerifier, redirectURI }) =>
      createAuthorizationURL({
        id,
        options,
        authorizationEndpoint: 'https://github.com/login/oauth/authorize',
        state,
        codeVerifier,
        scopes: SCOPES,
        redirectURI,
      }),

    validateAuthorizationCode: async ({ code, codeVerifier = '', redirectURI }) => {
      const request = await authorizationCodeRequest({ code, codeVerifier, redirectURI, options })
      const answer = await askProvider('token', TOKEN_URL, { method: 'POST', ...request, answer: Tokens })
      // It answers 200 also where it refuses a code.
      if (!answer.access_token) throw refused('token_refused')
      return { accessToken: answer.access_token }
    },

    getUserInfo: async ({ accessToken = '' }) => {
      const headers = { 'User-Agent': 'Edgewise', Authorization: `Bearer ${accessToken}` }
      const [user, emails] = await Promise.all([
        askProvider('user', 'https://api.github.com/user', { headers, answer: User }),
        askProvider('emails', 'https://api.github.com/user/emails', { headers, answer: Emails }),
      ])
      // The address of the public profile may be another one; only this list says what is verified.
      const primary = emails.find((email) => email.primary)
      return profileOf({
        subject: String(user.id),
        email: primary?.email,
        emailVerified: primary?.verified === true,
        name: user.name ?? user.login,
      })
    },
  }
}

const Tokens = z.object({ access_token: z.string().optional() })
const User = z.object({ id: z.int().positive(), login: z.string(), name: z.string().nullish() })
const Emails = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }))
