import { useQueryClient } from '@tanstack/react-query'
import { AuthFailure } from '../auth/failure.ts'
import { MailButton } from '../auth/mail-button.tsx'
import { useAuth } from '../auth/use-auth.ts'
import { Form } from '../ui/form.tsx'
import { checkNewPassword, Field } from '../ui/form-field.tsx'
import { DisclosedForm } from './disclosed-form.tsx'
import { Section } from './section.tsx'

export const Password = () => {
  const { user, changePassword, requestPasswordReset } = useAuth()
  const queries = useQueryClient()
  const mail = (text: string) => (
    <MailButton
      send={() => requestPasswordReset(user?.email ?? '')}
      sent={`A mail to ${user?.email} is on its way.`}
    >
      {text}
    </MailButton>
  )
  return (
    <Section title="Password" lead="Changing it signs you out everywhere else.">
      <DisclosedForm open="Change password">
        {(close) => (
          <Form
            submit="Change password"
            onSubmit={async (fields) => {
              await changePassword(String(fields.get('currentPassword')), String(fields.get('newPassword')))
              close('Your password is changed, and every other session has ended.')
              await queries.invalidateQueries({ queryKey: ['sessions'] })
            }}
            explainAs={(error) => {
              if (codeOf(error) === 'INVALID_PASSWORD')
                return <>That is not your present password. {mail('Choose a new one by mail')}</>
              if (codeOf(error) === 'CREDENTIAL_ACCOUNT_NOT_FOUND')
                return <>Your account has no password yet. {mail('Choose one by mail')}</>
              return undefined
            }}
          >
            {/* For password managers, which keep a password with a name. */}
            <input type="hidden" name="username" autoComplete="username" value={user?.email} readOnly />
            <Field
              label="Present password"
              name="currentPassword"
              type="password"
              autoComplete="current-password"
            />
            <Field
              label="New password"
              name="newPassword"
              type="password"
              autoComplete="new-password"
              check={checkNewPassword}
              hint="8 characters or more. Long is better than complicated."
            />
          </Form>
        )}
      </DisclosedForm>
    </Section>
  )
}

const codeOf = (error: unknown): string | undefined => (error instanceof AuthFailure ? error.code : undefined)
