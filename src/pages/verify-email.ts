import { askForMail } from './ask-for-mail.ts'
import { call, Refusal } from './auth-call.ts'
import { find } from './find.ts'
import { onSubmit } from './form.ts'
import { dropToken, takeToken } from './link-token.ts'
import { type Purpose, purposeOf } from './purpose.ts'
import { open, show } from './stages.ts'

const token = takeToken()
const purpose = purposeOf(token)

const STAGES: Record<Purpose, { asked: string; done: string; invalid: string }> = {
  'new-account': { asked: 'confirm', done: 'confirmed', invalid: 'invalid' },
  'agree-to-change': { asked: 'agree', done: 'agreed', invalid: 'invalid-change' },
  'finish-change': { asked: 'finish', done: 'changed', invalid: 'invalid-change' },
}
const { asked, done, invalid } = STAGES[purpose]

/** A refusal of the link itself; anything else may pass, and the page stays. */
const stageAfter = ({ status, code }: Refusal): string | undefined => {
  if (code === 'INVALID_USER') return 'other-account'
  if (status === 409) return 'taken'
  return status === 400 || status === 401 ? invalid : undefined
}

/** Confirms on a click, not when the page opens: programs that look through mail follow its links. */
const confirm = async () => {
  try {
    await call('GET', `verify-email?${new URLSearchParams({ token: token ?? '' })}`)
  } catch (error) {
    const stage = error instanceof Refusal ? stageAfter(error) : undefined
    if (!stage) throw error
    if (stage !== 'other-account') dropToken()
    return show(stage)
  }
  dropToken()
  show(done)
}

for (const form of document.querySelectorAll<HTMLFormElement>('form.confirm')) onSubmit(form, confirm)
askForMail('send-verification-email')
find(document, '.reload', HTMLButtonElement).addEventListener('click', () => location.reload())
open(token === undefined ? 'invalid' : asked)
