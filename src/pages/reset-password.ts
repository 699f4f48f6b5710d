import { askForMail } from './ask-for-mail.ts'
import { call, Refusal } from './auth-call.ts'
import { find } from './find.ts'
import { onSubmit } from './form.ts'
import { dropToken, takeToken } from './link-token.ts'
import { open, show } from './stages.ts'

/** The contract's. No `maxlength`: it would cut a pasted password short without a word. */
const MIN_LENGTH = 8
const MAX_LENGTH = 128

const token = takeToken()
const form = find(document, '#choose form', HTMLFormElement)
const password = find(form, '[name=password]', HTMLInputElement)
const reveal = find(form, '.reveal', HTMLButtonElement)

const sayWhatIsWrong = () => {
  const { length } = [...password.value]
  if (length > 0 && length < MIN_LENGTH) {
    password.setCustomValidity(`Use at least ${MIN_LENGTH} characters; these are ${length}.`)
  } else if (length > MAX_LENGTH) {
    password.setCustomValidity(`Use at most ${MAX_LENGTH} characters; these are ${length}.`)
  } else password.setCustomValidity('')
}
password.addEventListener('input', sayWhatIsWrong)

const setRevealed = (revealed: boolean) => {
  password.type = revealed ? 'text' : 'password'
  reveal.setAttribute('aria-pressed', String(revealed))
}
reveal.addEventListener('click', () => setRevealed(reveal.getAttribute('aria-pressed') !== 'true'))

onSubmit(form, async () => {
  // Password managers keep what was in a password field.
  setRevealed(false)
  try {
    await call('POST', 'reset-password', { newPassword: password.value, token }, 'omit')
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'INVALID_TOKEN') throw error
    dropToken()
    return show('invalid')
  }
  dropToken()
  form.reset()
  show('changed')
})
askForMail('request-password-reset')
open(token === undefined ? 'invalid' : 'choose')
