import { Link } from 'wouter'
import { AuthPage, Field, Form } from './auth-page.tsx'
import { AuthFailure, useAuth } from './use-auth.ts'

const SignInPage = () => {
  const { signIn } = useAuth()
  return (
    <AuthPage
      title="Sign in"
      footer={
        <>
          <Link href="/forgot-password" className="underline underline-offset-2">
            Forgot your password?
          </Link>
          <span aria-hidden="true"> · </span>
          <Link href="/sign-up" className="underline underline-offset-2">
            Create an account
          </Link>
        </>
      }
    >
      <Form
        submit="Sign in"
        messageOf={messageOf}
        onSubmit={(fields) => signIn(String(fields.get('email')), String(fields.get('password')))}
      >
        <Field label="Email" name="email" type="email" autoComplete="username" />
        <Field label="Password" name="password" type="password" autoComplete="current-password" />
      </Form>
    </AuthPage>
  )
}

export default SignInPage

const messageOf = (error: unknown): string => {
  if (!(error instanceof AuthFailure)) return 'The server cannot be reached. Try again in a moment.'
  if (error.status === 429) return 'Too many attempts. Wait a few minutes, then try again.'
  if (error.status === 401)
    return 'That address and password do not go together. If the address is new, confirm it with the mail that was sent to it.'
  return error.message
}
