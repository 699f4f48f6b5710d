import { useAuth } from '../auth/use-auth.ts'
import { Form } from '../ui/form.tsx'
import { Field } from '../ui/form-field.tsx'
import { DisclosedForm } from './disclosed-form.tsx'
import { Section } from './section.tsx'

export const EmailAddress = () => {
  const { user, changeEmail } = useAuth()
  return (
    <Section
      title="Email"
      lead={
        <>
          You sign in with <strong className="break-words text-ink">{user?.email}</strong>.
        </>
      }
    >
      <DisclosedForm open="Change email">
        {(close) => (
          <Form
            submit="Send the mail"
            onSubmit={async (fields) => {
              const address = String(fields.get('newEmail')).trim()
              await changeEmail(address)
              close(
                `A mail to ${user?.email} is on its way. Agree by its link, and ${address} gets one to confirm; until then, nothing changes.`,
              )
            }}
          >
            <Field
              label="New email"
              name="newEmail"
              type="email"
              autoComplete="email"
              maxLength={254}
              hint="Your present address is asked to agree first, then the new one to confirm."
              check={(value) =>
                value.trim().toLowerCase() === user?.email ? 'This is your address already.' : ''
              }
            />
          </Form>
        )}
      </DisclosedForm>
    </Section>
  )
}
