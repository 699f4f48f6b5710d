import { useState } from 'react'
import { Link } from 'wouter'
import { Form } from '../ui/form.tsx'
import { checkNewPassword, Field } from '../ui/form-field.tsx'
import { AuthPage, WAY } from './auth-page.tsx'
import { MailButton } from './mail-button.tsx'
import { ProviderButtons } from './providers.tsx'
import { useAuth } from './use-auth.ts'

const SignUpPage = () => {
  const { signUp, sendVerification } = useAuth()
  const [sentTo, setSentTo] = useState<string>()
  if (sentTo !== undefined) {
    return (
      <AuthPage
        key="sent"
        title="Look into your mail"
        footer={
          <button type="button" className={WAY} onClick={() => setSentTo(undefined)}>
            Use another address
          </button>
        }
      >
        <p className="break-words">
          A mail to <strong>{sentTo}</strong> is on its way. Open its link within the hour, and then{' '}
          <Link href="/sign-in" className={WAY}>
            sign in
          </Link>
          .
        </p>
        <p className="mt-4 text-sm text-muted">
          Nothing there after a minute? Look among the unwanted, or{' '}
          <MailButton send={() => sendVerification(sentTo)} sent="it is on its way once more.">
            send it again
          </MailButton>
        </p>
      </AuthPage>
    )
  }
  return (
    <AuthPage
      key="asked"
      title="Create your account"
      footer={
        <p>
          Been here before?{' '}
          <Link href="/sign-in" className={WAY}>
            Sign in
          </Link>
        </p>
      }
    >
      <Form
        submit="Create account"
        onSubmit={async (fields) => {
          const email = String(fields.get('email')).trim()
          await signUp(String(fields.get('name')).trim(), email, String(fields.get('password')))
          setSentTo(email)
        }}
      >
        <Field label="Name" name="name" type="text" autoComplete="name" maxLength={200} />
        <Field label="Email" name="email" type="email" autoComplete="username" maxLength={254} />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          check={checkNewPassword}
          hint="8 characters or more. Long is better than complicated."
        />
      </Form>
      <ProviderButtons />
    </AuthPage>
  )
}

export default SignUpPage
