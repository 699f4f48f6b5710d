import { messageOf } from '../pages/auth-call.ts'
import { find } from '../pages/find.ts'
import { type Account, type AccountState, isSignedIn } from './account.ts'

/** The bar above the reference: sign in, create an account, see who one is, sign out. */
export const bar = (account: () => Account) => {
  const root = find(document, '.bar', HTMLElement)
  const form = find(root, 'form', HTMLFormElement)
  const toggle = find(root, '.toggle', HTMLButtonElement)
  const submit = find(form, '.submit', HTMLButtonElement)
  const purposeSwitch = find(form, '.switch', HTMLButtonElement)
  const nameField = find(form, '[name=name]', HTMLInputElement)
  const emailField = find(form, '[name=email]', HTMLInputElement)
  const passwordField = find(form, '[name=password]', HTMLInputElement)
  const formProblem = find(form, '.problem', HTMLElement)
  const notice = find(form, '.notice', HTMLElement)
  const signOutButton = find(root, '.sign-out', HTMLButtonElement)
  const who = find(root, '.who', HTMLElement)
  const sessionProblem = find(root, '.signed-in .problem', HTMLElement)

  const openForm = (open: boolean) => toggle.setAttribute('aria-expanded', String(open))
  const isFormOpen = () => toggle.getAttribute('aria-expanded') === 'true'

  const isNew = () => form.dataset.purpose === 'create'
  const setPurpose = (purpose: 'sign-in' | 'create') => {
    form.dataset.purpose = purpose
    formProblem.textContent = ''
    notice.textContent = ''
    const label = isNew() ? 'Create account' : 'Sign in'
    form.setAttribute('aria-label', label)
    submit.textContent = label
    purposeSwitch.textContent = isNew() ? 'I have an account' : 'Create account'
    nameField.disabled = !isNew()
    passwordField.autocomplete = isNew() ? 'new-password' : 'current-password'
    passwordField.minLength = isNew() ? NEW_PASSWORD_MIN_LENGTH : 0
  }

  /** Runs one action of the person's at a time: a second click meanwhile does nothing. */
  const run = async (button: HTMLButtonElement, problem: HTMLElement, action: () => Promise<void>) => {
    if (button.disabled) return
    const focused = document.activeElement
    button.disabled = true
    problem.textContent = ''
    try {
      await action()
    } catch (error) {
      problem.textContent = messageOf(error)
    } finally {
      button.disabled = false
      // A disabled button loses the focus.
      if (document.activeElement === document.body && focused instanceof HTMLElement) focused.focus()
    }
  }

  toggle.addEventListener('click', () => {
    openForm(!isFormOpen())
    if (isFormOpen()) emailField.focus()
  })
  root.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !isFormOpen()) return
    openForm(false)
    toggle.focus()
  })
  purposeSwitch.addEventListener('click', () => {
    setPurpose(isNew() ? 'sign-in' : 'create')
    if (isNew()) nameField.focus()
    else emailField.focus()
  })

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void run(submit, formProblem, async () => {
      const [name, email, password] = [nameField.value.trim(), emailField.value, passwordField.value]
      if (isNew()) {
        await account().signUp(name, email, password)
        setPurpose('sign-in')
        notice.textContent = `Open the link in the mail to ${email}, then sign in here.`
        return
      }
      await account().signIn(email, password)
      form.reset()
      setPurpose('sign-in')
      openForm(false)
      signOutButton.focus()
    })
  })
  signOutButton.addEventListener('click', () =>
    run(signOutButton, sessionProblem, async () => {
      await account().signOut()
      focusFirstShown(emailField, toggle)
    }),
  )

  return {
    show: ({ user, problem = '' }: AccountState) => {
      root.dataset.account = user === 'unknown' ? 'unknown' : user ? 'signed-in' : 'signed-out'
      who.textContent = isSignedIn(user) ? user.name || user.email : ''
      who.title = isSignedIn(user) ? user.email : ''
      const signedOutProblem = isSignedIn(user) ? '' : problem
      sessionProblem.textContent = isSignedIn(user) ? problem : ''
      formProblem.textContent = signedOutProblem
      if (signedOutProblem) openForm(true)
    },
  }
}

/** Better Auth's. */
const NEW_PASSWORD_MIN_LENGTH = 8

/** A phone shows the button that opens the form, a wider screen the form itself. */
const focusFirstShown = (...elements: HTMLElement[]) =>
  elements.find((element) => element.checkVisibility())?.focus()
