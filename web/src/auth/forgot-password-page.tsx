import { useState } from 'react'
import { Link } from 'wouter'
import { Form } from '../ui/form.tsx'
import { Field } from '../ui/form-field.tsx'
import { AuthPage, WAY } from './auth-page.tsx'
import { useAuth } from './use-auth.ts'

/** Says the same whether or not the address has an account. */
const ForgotPasswordPage = () => {
  const { requestPasswordReset } = useAuth()
  const [sentTo, setSentTo] = useState<string>()
  const footer = (
    <Link href="/sign-in" className={WAY}>
      Back to sign in
    </Link>
  )
  if (sentTo !== undefined) {
    return (
      <AuthPage key="sent" title="Look into your mail" footer={footer}>
        <p className="break-words">
          If <strong>{sentTo}</strong> has an account, a mail is on its way to it. Its link leads to where you
          choose a new password, and works for an hour.
        </p>
        <p className="mt-4 text-sm text-muted">
          <button type="button" className={WAY} onClick={() => setSentTo(undefined)}>
            Use another address
          </button>
        </p>
      </AuthPage>
    )
  }
  return (
    <AuthPage key="asked" title="Choose a new password" footer={footer}>
      <p className="-mt-3 mb-5 text-muted">We send you a mail with a link to do it.</p>
      <Form
        submit="Send the mail"
        onSubmit={async (fields) => {
          const email = String(fields.get('email')).trim()
          await requestPasswordReset(email)
          setSentTo(email)
        }}
      >
        <Field label="Email" name="email" type="email" autoComplete="username" maxLength={254} />
      </Form>
    </AuthPage>
  )
}

export default ForgotPasswordPage
