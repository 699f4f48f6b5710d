import { messageOf } from './auth-call.ts'
import { find } from './find.ts'

/**
 * Does `action` when the form is sent, once at a time: a second click meanwhile does nothing. What goes wrong is
 * told in the form's `.problem`, and what was typed stays.
 */
export const onSubmit = (form: HTMLFormElement, action: () => Promise<void>) => {
  const button = find(form, 'button[type=submit]', HTMLButtonElement)
  const problem = find(form, '.problem', HTMLElement)
  let busy = false

  const setBusy = (now: boolean) => {
    busy = now
    // Not `disabled`, which would lose the focus.
    button.setAttribute('aria-disabled', String(now))
    form.setAttribute('aria-busy', String(now))
  }

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    problem.textContent = ''
    try {
      await action()
    } catch (error) {
      problem.textContent = messageOf(error)
    } finally {
      setBusy(false)
    }
  })
}
