import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const LINKING = shipped('linking')
const SIGN_IN = shipped('sign-in-with-provider')
const LYING = shipped('lying-providers', 'does it wrong')
const REACHING = shipped('lying-providers', 'cannot be reached')
const GITHUB = shipped('lying-providers', 'GitHub')

/** Sign-in with a provider: what it must prove, whom it is linked to, and where the browser is sent. */
export const PROVIDERS = [
  ...mutantsOf('src/auth/better-auth.ts', LINKING, [
    [
      'a provider is linked to an account that nobody has confirmed',
      'requireLocalEmailVerified: true',
      'requireLocalEmailVerified: false',
    ],
    ['a provider is believed without a word', 'trustedProviders: []', "trustedProviders: ['oidc']"],
    ['an unconfirmed account is let in', 'if (!user?.emailVerified) throw', 'if (false) throw'],
    ['a reset leaves a stranger their way in', 'await database.delete(accounts).where(isProviders)', ''],
    [
      "a provider's tokens are kept",
      '{ ...account, ...NO_TOKENS }',
      '{ ...account }',
      { times: 2, killers: SIGN_IN },
    ],
  ]),
  ...mutantsOf('src/auth/providers/openid-connect.ts', LYING, [
    [
      'a nonce is not asked for',
      'requiresIdTokenNonce: true',
      'requiresIdTokenNonce: false',
      { killers: SIGN_IN },
    ],
    ['a subject is of any issuer', '`${issuer} ${profile.subject}`', 'profile.subject', { killers: SIGN_IN }],
    ['a token may be for anybody', 'audience: clientId', "audience: [clientId, 'another-client']"],
    [
      'a token may be of any issuer',
      '        issuer,\n        audience',
      "        issuer: [issuer, 'https://another.example'],\n        audience",
    ],
    ['a token may be old', 'maxTokenAge: ID_TOKEN_MAX_AGE,', ''],
    ['a token need not end', "typeof exp === 'number' && ", ''],
    [
      'a token may be made out to another',
      '(azp === clientId || (azp === undefined && !Array.isArray(aud)))',
      'true',
    ],
    ['the nonce is not compared', 'idToken, expectedIdTokenNonce)))', 'idToken, undefined)))'],
    ['what is told of somebody else is taken', 'if (told.sub !== claims.sub) throw', 'if (false) throw'],
    [
      'a discovery document may be of another',
      'if (metadata.issuer !== issuer) throw',
      'if (false) throw',
      { killers: REACHING },
    ],
    [
      'what the provider does not vouch for counts',
      "email_verified === true || email_verified === 'true'",
      'email_verified !== false',
      { killers: LINKING },
    ],
  ]),
  ...mutantsOf('src/auth/providers/github.ts', GITHUB, [
    ['an unverified address counts', 'primary?.verified === true', 'true'],
    ['any address counts', 'emails.find((email) => email.primary)', 'emails.find((email) => email.verified)'],
  ]),
  ...mutantsOf('src/auth/providers/plugin.ts', GITHUB, [
    ['a code is taken to another provider', 'begun?.serverContext?.provider !== provider.id', 'false'],
  ]),
  ...mutantsOf('src/auth/providers/profile.ts', SIGN_IN, [
    ['an address may be anything', 'Email.safeParse(email).data', 'String(email)'],
    ['a name may be anything', 'nameIn(name) ||', 'String(name) ||'],
  ]),
  ...mutantsOf('src/auth/providers/ask.ts', REACHING, [
    ['a provider may take for ever', 'AbortSignal.timeout(PROVIDER_DEADLINE_MS)', 'AbortSignal.timeout(1e8)'],
  ]),
  ...mutantsOf('src/auth/providers/contract.ts', SIGN_IN, [
    ['a landing may be another site', 'URL.parse(value, SITE)?.href === `${SITE}${value}`', 'true'],
    ['a landing may hide a slash', ' && !/^[^?#]*%(2f|5c)/i.test(value)', ''],
  ]),
  ...mutantsOf('src/auth/providers/landing.ts', LINKING, [
    [
      'an unproven address tells whether it has an account',
      "return isAddressVerified ? 'account_not_linked' : 'email_not_verified'",
      "return 'account_not_linked'",
    ],
    [
      'words of anybody are passed on',
      "  url.searchParams.delete('error_description')\n",
      '',
      { killers: SIGN_IN },
    ],
  ]),
]
