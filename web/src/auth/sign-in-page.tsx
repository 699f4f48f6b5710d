import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { Form } from '../ui/form.tsx'
import { Field } from '../ui/form-field.tsx'
import { AuthPage, Note, WAY } from './auth-page.tsx'
import { AuthFailure } from './failure.ts'
import { MailButton } from './mail-button.tsx'
import { landingProblemIn, ProviderButtons } from './providers.tsx'
import type { Session } from './session.ts'
import { useAuth } from './use-auth.ts'

const SignInPage = () => {
  const { signIn, sendVerification, farewell } = useAuth()
  const [landingProblem] = useState(() => landingProblemIn(location.search))
  const tried = useRef('')
  // Told once: a reload begins anew.
  useEffect(() => {
    if (landingProblem !== undefined) history.replaceState(history.state, '', location.pathname)
  }, [landingProblem])

  return (
    <AuthPage
      title="Sign in"
      footer={
        <p>
          New here?{' '}
          <Link href="/sign-up" className={WAY}>
            Create an account
          </Link>
        </p>
      }
    >
      {landingProblem !== undefined && <Note tone="danger">{landingProblem}</Note>}
      {farewell && <Note>{wordsOf(farewell)}</Note>}
      <Form
        submit="Sign in"
        onSubmit={(fields) => {
          tried.current = textOf(fields, 'email').trim()
          return signIn(tried.current, textOf(fields, 'password'))
        }}
        explainAs={(error) =>
          isRefused(error) && (
            <>
              That address and password do not go together, or the address is not confirmed yet.{' '}
              <MailButton
                send={() => sendVerification(tried.current)}
                sent="If it is to be confirmed, a mail is on its way."
              >
                Send the confirmation again
              </MailButton>
            </>
          )
        }
      >
        <Field
          label="Email"
          name="email"
          type="email"
          autoComplete="username"
          maxLength={254}
          {...(farewell?.reason === 'ended' && { defaultValue: farewell.email })}
        />
        <Field label="Password" name="password" type="password" autoComplete="current-password" />
        <p className="-mt-2 text-sm text-muted">
          <Link href="/forgot-password" className={WAY}>
            Forgot your password?
          </Link>
        </p>
      </Form>
      <ProviderButtons />
    </AuthPage>
  )
}

export default SignInPage

/** The answer is the same for a wrong password and for an address that is not confirmed: nobody learns of accounts. */
const isRefused = (error: unknown): boolean => error instanceof AuthFailure && error.status === 401

const textOf = (fields: FormData, name: string): string => String(fields.get(name) ?? '')

const wordsOf = ({ reason, unsent }: NonNullable<Session['farewell']>): string => {
  if (reason === 'deleted') return 'Your account is gone, and everything in it.'
  if (unsent === 0) return 'Your session has ended. Sign in again.'
  const changes = unsent === 1 ? 'One change waits' : `${unsent} changes wait`
  return `Your session has ended. ${changes} on this device to be sent: sign in again.`
}
