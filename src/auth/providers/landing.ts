import type { Attempt } from './plugin.ts'

/** Why a sign-in with a provider failed, as the page is told. */
export const LANDING_ERRORS = {
  access_denied: 'The person said no at the provider',
  state_mismatch: 'It was begun in another browser, too long ago, or has been finished already: begin again',
  provider_refused: 'What the provider said was not good: begin again',
  provider_unavailable: 'The provider does not answer',
  email_not_found: 'The provider does not tell an address',
  email_not_verified: 'The address is not confirmed: there may be a mail to do it with',
  account_not_linked:
    'There is an account with this address that nobody has confirmed: choose a password for it by mail, then sign in again',
  account_disabled: 'The account is disabled',
  unavailable: 'The database cannot be reached',
} as const

type LandingError = keyof typeof LANDING_ERRORS

/** Whether that answer begins a session. */
const hasEntered = (response: Response): boolean => response.headers.has('Set-Auth-Token')

/**
 * The redirect of a callback with, where it failed, one of our errors in place of what Better Auth or the
 * provider says: their words are anybody's, and would tell whether an unproven address has an account.
 */
export const landing = (
  response: Response,
  { attempt, baseUrl, isDatabaseDown }: { attempt: Attempt; baseUrl: string; isDatabaseDown: boolean },
): Response => {
  const target = response.headers.get('Location')
  if (response.status !== 302 || target === null || hasEntered(response)) return response
  const url = new URL(target, baseUrl)
  const error = isDatabaseDown ? 'unavailable' : errorOf(url.searchParams.get('error') ?? '', attempt)
  attempt.error = error
  url.searchParams.delete('error_description')
  url.searchParams.set('error', error)
  const headers = new Headers(response.headers)
  headers.set('Location', url.href)
  return new Response(null, { status: 302, headers })
}

const errorOf = (told: string, { fault, isAddressVerified }: Attempt): LandingError => {
  if (fault) return fault.kind === 'unavailable' ? 'provider_unavailable' : 'provider_refused'
  if (told.startsWith('state_')) return 'state_mismatch'
  if (told === 'account_not_linked') return isAddressVerified ? 'account_not_linked' : 'email_not_verified'
  if (told === 'EMAIL_NOT_VERIFIED') return 'email_not_verified'
  if (told === 'INVALID_EMAIL_OR_PASSWORD') return 'account_disabled'
  if (told === 'access_denied' || told === 'email_not_found') return told
  return 'provider_refused'
}
