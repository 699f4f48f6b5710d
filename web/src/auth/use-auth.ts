import { useSyncExternalStore } from 'react'
import { answerOf, authClient } from './client.ts'
import { AuthFailure } from './failure.ts'
import { confirm, currentSession, ended, enter, leave, subscribe } from './session.ts'

/** What one who is signed in asks for must be asked by the same person whom this tab shows: the cookie is every tab's. */
const asShown = async <T>(ask: () => Promise<T>): Promise<T> => {
  const shown = currentSession().user?.id
  await confirm()
  if (shown === undefined || currentSession().user?.id !== shown)
    throw new AuthFailure('Somebody else is signed in here by now', 409)
  return ask()
}

/** The one way to sign up, in and out, and to one's account. Its calls throw `AuthFailure`. */
const auth = {
  signUp: async (name: string, email: string, password: string): Promise<void> => {
    await answerOf((hooks) => authClient.signUp.email({ name, email, password }, hooks))
  },
  signIn: async (email: string, password: string): Promise<void> => {
    const answer = await answerOf((hooks) => authClient.signIn.email({ email, password }, hooks))
    if (answer) enter(answer.user)
  },
  /** Ends the session, and forgets on this device all that is the person's; what is not sent is lost. */
  signOut: async (): Promise<void> => {
    await answerOf((hooks) => authClient.signOut({ fetchOptions: hooks }))
    await leave()
  },
  /** Mails with links; the answer does not tell whether the address has an account. */
  sendVerification: async (email: string): Promise<void> => {
    await answerOf((hooks) => authClient.sendVerificationEmail({ email }, hooks))
  },
  requestPasswordReset: async (email: string): Promise<void> => {
    await answerOf((hooks) => authClient.requestPasswordReset({ email }, hooks))
  },
  /** Ends every other session. */
  changePassword: (currentPassword: string, newPassword: string) =>
    asShown(() => answerOf((hooks) => authClient.changePassword({ currentPassword, newPassword }, hooks))),
  changeEmail: (newEmail: string) =>
    asShown(() => answerOf((hooks) => authClient.changeEmail({ newEmail }, hooks))),
  /** For good. Without a password, the session must be young. */
  deleteAccount: async (password: string | undefined): Promise<void> => {
    await asShown(() =>
      answerOf((hooks) => authClient.deleteUser({ ...(password !== undefined && { password }) }, hooks)),
    )
    await leave('deleted')
  },
  confirm,
  ended,
}

export const useAuth = () => ({ ...useSyncExternalStore(subscribe, currentSession), ...auth })
