import * as z from 'zod'

/** A provider that people can sign in with, as the operator set it up there. */
export interface ProviderSettings {
  id: ProviderId
  /** As people know it. */
  name: string
  clientId: string
  clientSecret: string
  /** The issuer of OpenID Connect. GitHub, which speaks plain OAuth, has none. */
  issuer?: string
}

export type ProviderId = 'oidc' | 'google' | 'github'

/** Only a machine's own addresses may do without https; a query or fragment is no issuer (OIDC Discovery, 2). */
const issuer = z
  .string()
  .regex(
    /^(https:\/\/[^?#\s]+|http:\/\/(localhost|127\.0\.0\.1)(:\d+)?(\/[^?#\s]*)?)$/,
    'must be the https address of an OpenID Connect issuer',
  )

const given = z.string().min(1, 'must not be empty').optional()

/** The bindings that switch providers on. */
export const providerBindings = {
  OIDC_ISSUER: issuer.optional(),
  OIDC_CLIENT_ID: given,
  OIDC_CLIENT_SECRET: given,
  OIDC_NAME: z.string().min(1).max(50).default('OpenID Connect'),
  GOOGLE_CLIENT_ID: given,
  GOOGLE_CLIENT_SECRET: given,
  GITHUB_CLIENT_ID: given,
  GITHUB_CLIENT_SECRET: given,
}

const Bindings = z.object(providerBindings)
type Bindings = z.output<typeof Bindings>

/** The providers that are on. Throws a sentence for one that is set up by half. */
export const providersIn = (bindings: Bindings): ProviderSettings[] => {
  const oidc = allOrNone(bindings, ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'])
  const google = allOrNone(bindings, ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'])
  const github = allOrNone(bindings, ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'])
  const providers: ProviderSettings[] = []
  if (oidc) {
    const [issuer = '', clientId = '', clientSecret = ''] = oidc
    providers.push({ id: 'oidc', name: bindings.OIDC_NAME, issuer, clientId, clientSecret })
  }
  if (google) {
    const [clientId = '', clientSecret = ''] = google
    providers.push({ id: 'google', name: 'Google', issuer: GOOGLE_ISSUER, clientId, clientSecret })
  }
  if (github) {
    const [clientId = '', clientSecret = ''] = github
    providers.push({ id: 'github', name: 'GitHub', clientId, clientSecret })
  }
  return providers
}

const GOOGLE_ISSUER = 'https://accounts.google.com'

const allOrNone = (bindings: Bindings, names: (keyof Bindings)[]): string[] | undefined => {
  const missing = names.filter((name) => bindings[name] === undefined)
  if (missing.length === names.length) return undefined
  if (missing.length > 0) {
    throw new Error(
      `Edgewise cannot start: ${names.join(', ')} belong together; ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set.`,
    )
  }
  return names.map((name) => bindings[name] ?? '')
}
