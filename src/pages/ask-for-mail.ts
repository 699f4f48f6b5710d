import { call } from './auth-call.ts'
import { find } from './find.ts'
import { onSubmit } from './form.ts'

/** The form that asks for a new mail to an address. The answer does not tell whether the address has an account. */
export const askForMail = (operation: string) => {
  const form = find(document, 'form.new-mail', HTMLFormElement)
  const email = find(form, '[name=email]', HTMLInputElement)
  const notice = find(form, '.notice', HTMLElement)

  onSubmit(form, async () => {
    notice.textContent = ''
    // Whoever is signed in here, the mail is for the address that was typed.
    await call('POST', operation, { email: email.value.trim() }, 'omit')
    notice.textContent = `If there is an account to send it to, a mail to ${email.value.trim()} is on its way.`
  })
}
