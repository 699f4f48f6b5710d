import { useState } from 'react'
import { Link } from 'wouter'
import { AuthPage, Field, Form } from './auth-page.tsx'
import { AuthFailure, useAuth } from './use-auth.ts'

const SignUpPage = () => {
  const { signUp } = useAuth()
  const [sentTo, setSentTo] = useState<string>()
  const footer = (
    <Link href="/sign-in" className="underline underline-offset-2">
      I have an account
    </Link>
  )
  if (sentTo !== undefined) {
    return (
      <AuthPage title="Look into your mail" footer={footer}>
        <p className="text-center text-muted">
          We have sent a mail to <strong className="text-ink">{sentTo}</strong>. Open its link, and then sign
          in.
        </p>
      </AuthPage>
    )
  }
  return (
    <AuthPage title="Create your account" footer={footer}>
      <Form
        submit="Create account"
        messageOf={messageOf}
        onSubmit={async (fields) => {
          const email = String(fields.get('email'))
          await signUp(String(fields.get('name')), email, String(fields.get('password')))
          setSentTo(email)
        }}
      >
        <Field label="Name" name="name" type="text" autoComplete="name" />
        <Field label="Email" name="email" type="email" autoComplete="username" />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={12}
          hint="12 characters or more: a few words do well"
        />
      </Form>
    </AuthPage>
  )
}

export default SignUpPage

const messageOf = (error: unknown): string => {
  if (!(error instanceof AuthFailure)) return 'The server cannot be reached. Try again in a moment.'
  return error.status === 429 ? 'Too many attempts. Wait a few minutes, then try again.' : error.message
}
