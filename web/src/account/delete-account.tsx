import { AuthFailure } from '../auth/failure.ts'
import { useProviders } from '../auth/providers.tsx'
import { useAuth } from '../auth/use-auth.ts'
import { usePicture } from '../replica/provider.tsx'
import { Form } from '../ui/form.tsx'
import { Field } from '../ui/form-field.tsx'
import { DisclosedForm } from './disclosed-form.tsx'
import { Section } from './section.tsx'

const WORD = 'delete'

export const DeleteAccount = () => {
  const { deleteAccount } = useAuth()
  const { tasks, lists, labels } = usePicture()
  const hasProviders = useProviders().length > 0
  return (
    <Section
      title="Delete your account"
      lead={`Your ${counted(tasks.size, 'task')}, ${counted(lists.size, 'list')} and ${counted(labels.size, 'label')} go with it, and so do what you have completed and the trash: at once and for good. Export them first if you may want them again.`}
    >
      <DisclosedForm open="Delete account …">
        {() => (
          <Form
            submit="Delete my account for good"
            tone="danger"
            onSubmit={async (fields) => {
              const password = String(fields.get('password'))
              await deleteAccount(password === '' ? undefined : password)
            }}
            explainAs={(error) => (error instanceof AuthFailure ? WORDS[error.code ?? ''] : undefined)}
          >
            <Field
              label="Password"
              name="password"
              type="password"
              autoComplete="current-password"
              required={!hasProviders}
              hint={
                hasProviders &&
                'Without one, leave it empty; you must have signed in within the last 15 minutes.'
              }
            />
            <Field
              label={`Type “${WORD}” to confirm`}
              name="confirmation"
              type="text"
              autoComplete="off"
              check={(value) => (value.trim().toLowerCase() === WORD ? '' : `Type “${WORD}”.`)}
            />
          </Form>
        )}
      </DisclosedForm>
    </Section>
  )
}

const WORDS: Record<string, string> = {
  INVALID_PASSWORD: 'That is not your password. Nothing has been deleted.',
  CREDENTIAL_ACCOUNT_NOT_FOUND:
    'Your account has no password: leave that field empty. Nothing has been deleted.',
  SESSION_EXPIRED:
    'You signed in too long ago. Sign out and in again, and then come back. Nothing has been deleted.',
}

const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`
