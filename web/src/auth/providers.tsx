import { useEffect, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { answerOf, authClient } from './client.ts'
import { explain } from './failure.ts'
import { wantedPath } from './wanted-path.ts'

interface Provider {
  id: string
  name: string
}

const providersIn = (answer: unknown): Provider[] => {
  const providers: unknown = typeof answer === 'object' && answer !== null && Reflect.get(answer, 'providers')
  return Array.isArray(providers) ? providers : []
}

/** Those that this deployment has set up; none until the server has said so. */
export const useProviders = (): Provider[] => {
  const [providers, setProviders] = useState<Provider[]>([])
  useEffect(() => {
    const asking = new AbortController()
    fetch('/api/auth/providers', { signal: asking.signal })
      .then((answer) => (answer.ok ? answer.json() : undefined))
      .then((answer) => setProviders(providersIn(answer)))
      // Signing in with a password goes on without.
      .catch(() => {})
    return () => asking.abort()
  }, [])
  return providers
}

/** The ways in by way of somebody else, if there are any. */
export const ProviderButtons = () => {
  const providers = useProviders()
  const [leavingFor, setLeavingFor] = useState<string>()
  const [problem, setProblem] = useState('')

  // Whoever comes back by the browser's button finds the page as it was left.
  useEffect(() => {
    const again = () => setLeavingFor(undefined)
    addEventListener('pageshow', again)
    return () => removeEventListener('pageshow', again)
  }, [])

  const begin = async ({ id }: Provider) => {
    setLeavingFor(id)
    setProblem('')
    try {
      const way = {
        provider: id,
        callbackURL: wantedPath(),
        errorCallbackURL: '/sign-in',
        disableRedirect: true,
      }
      const answer = await answerOf((hooks) => authClient.signIn.social(way, hooks))
      if (answer?.url) location.assign(answer.url)
    } catch (error) {
      setLeavingFor(undefined)
      setProblem(explain(error).message)
    }
  }

  if (providers.length === 0) return null
  return (
    <div className="mt-5 grid gap-3">
      <p className="flex items-center gap-3 text-sm text-muted before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        or
      </p>
      {providers.map((provider) => (
        <Button key={provider.id} isBusy={leavingFor !== undefined} onClick={() => begin(provider)}>
          Continue with {provider.name}
        </Button>
      ))}
      <p role="alert" className="text-sm text-danger empty:hidden">
        {problem}
      </p>
    </div>
  )
}

const LANDING_ERRORS: Record<string, string> = {
  access_denied: 'You said no there, so nobody has been signed in.',
  state_mismatch: 'That sign-in was begun elsewhere, too long ago, or is finished already. Begin again.',
  provider_refused: 'What came back was not good. Begin again.',
  provider_unavailable: 'It does not answer just now. Try again in a moment, or sign in with a password.',
  email_not_found: 'It does not tell your email address, without which there is no account.',
  email_not_verified:
    'Your address is not confirmed there. If there is a mail of ours, open its link, and then come again.',
  account_not_linked:
    'There is an account with your address that nobody has confirmed. Choose a password for it by mail, then come again.',
  account_disabled: 'This account is disabled.',
  unavailable: 'The server cannot do that just now. Try again in a moment.',
}

/** Why a sign-in with a provider came to nothing, in words; undefined if there was none. */
export const landingProblemIn = (search: string): string | undefined => {
  const error = new URLSearchParams(search).get('error')
  return error === null ? undefined : (LANDING_ERRORS[error] ?? 'That sign-in came to nothing. Begin again.')
}
