import type { BetterAuthPlugin } from 'better-auth'
import { addOAuthServerContext, createAuthMiddleware, getOAuthState } from 'better-auth/api'
import type { OAuthProvider } from 'better-auth/oauth2'
import { ProviderFault, refused } from './fault.ts'
import { githubProvider } from './github.ts'
import { openIdProvider } from './openid-connect.ts'
import type { ProviderSettings } from './settings.ts'

/** What became of one sign-in with a provider. */
export interface Attempt {
  fault?: ProviderFault
  /** Whether the provider says that the person's address is theirs. */
  isAddressVerified?: boolean
  /** What the page is told. */
  error?: string
}

/** Better Auth's social sign-in with our providers; what they say of this request is left in `attempt`. */
export const identityProviders = (providers: ProviderSettings[], attempt: Attempt): BetterAuthPlugin => ({
  id: 'identity-providers',
  init: () => ({
    context: { socialProviders: providers.map((settings) => watched(providerOf(settings), attempt)) },
  }),
  hooks: {
    before: [
      {
        matcher: ({ path }) => path === '/sign-in/social',
        handler: createAuthMiddleware(async ({ body }) => {
          await addOAuthServerContext({ provider: body.provider })
        }),
      },
    ],
  },
})

const providerOf = (settings: ProviderSettings): Provider =>
  settings.issuer ? openIdProvider(settings, settings.issuer) : githubProvider(settings)

type Provider = OAuthProvider<{ subject: string }>

const watched = (provider: Provider, attempt: Attempt): Provider => {
  const noting = (error: unknown) => {
    if (error instanceof ProviderFault) attempt.fault = error
    throw error
  }
  return {
    ...provider,
    validateAuthorizationCode: async (data) => {
      // Better Auth's state does not say whom it was made for: a code must not be taken to another provider.
      const begun = await getOAuthState()
      if (begun?.serverContext?.provider !== provider.id) return noting(refused('another_provider'))
      return provider.validateAuthorizationCode(data).catch(noting)
    },
    getUserInfo: async (tokens) => {
      const person = await provider.getUserInfo(tokens).catch((error: unknown) => {
        if (!(error instanceof ProviderFault)) throw error
        attempt.fault = error
        return null
      })
      attempt.isAddressVerified = person?.user.emailVerified === true
      return person
    },
  }
}
