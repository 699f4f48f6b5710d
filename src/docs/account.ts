import { messageOf, Refusal } from '../pages/auth-call.ts'
import { readToken, readUser, signIn, signOut, signUp, type User } from './auth-client.ts'

export interface AccountState {
  /** `unknown` until the server has said who is signed in, if anyone. */
  user: User | undefined | 'unknown'
  /** The access token, in this page's memory and nowhere else. */
  token: string | undefined
  /** What went wrong without the person having asked for anything. */
  problem: string | undefined
}

/** Tokens live for 15 minutes; a younger one is taken well before. */
const RENEW_AFTER_MS = 10 * 60_000
/** Short, so that a laptop that wakes up soon has a good token again, and a failed renewal is repeated. */
const LOOK_EVERY_MS = 30_000

/** The one account that this page acts for, and its access token, kept fresh while somebody is signed in. */
export const openAccount = (onChange: (state: AccountState) => void) => {
  let state: AccountState = { user: 'unknown', token: undefined, problem: undefined }
  let tokenTakenAt = 0
  // Rises when the user changes: an answer that was asked for before is then dropped.
  let turn = 0

  const become = (change: Partial<AccountState>) => {
    state = { ...state, problem: undefined, ...change }
    onChange(state)
  }

  const enter = async (user: User) => {
    turn += 1
    become({ user, token: undefined })
    await renew()
  }

  const leave = (problem?: string) => {
    turn += 1
    become({ user: undefined, token: undefined, problem })
  }

  const renew = async () => {
    const asked = turn
    try {
      const token = await readToken()
      if (asked !== turn) return
      tokenTakenAt = Date.now()
      become({ token })
    } catch (error) {
      if (asked !== turn) return
      if (statusOf(error) === 401) return leave('Your session has ended. Sign in again.')
      become({ problem: `No fresh access token: ${messageOf(error)}` })
    }
  }

  const isTokenOld = () => Date.now() - tokenTakenAt > RENEW_AFTER_MS
  const renewIfOld = async () => {
    if (isSignedIn(state.user) && (!state.token || isTokenOld())) await renew()
  }

  /** Asks the server who is signed in: it may have changed in another tab, or by a request sent from here. */
  const check = async () => {
    const asked = turn
    try {
      const user = await readUser()
      if (asked !== turn) return
      if (!user) return leave(isSignedIn(state.user) ? 'Your session has ended. Sign in again.' : undefined)
      if (isSignedIn(state.user) && state.user.id === user.id) return renewIfOld()
      await enter(user)
    } catch (error) {
      if (asked === turn && state.user === 'unknown') leave(messageOf(error))
    }
  }

  setInterval(renewIfOld, LOOK_EVERY_MS)
  addEventListener('online', check)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void check()
  })

  return {
    check,
    signIn: async (email: string, password: string) => enter(await signIn(email, password)),
    signUp,
    signOut: async () => {
      await signOut()
      leave()
    },
  }
}

export type Account = ReturnType<typeof openAccount>

export const isSignedIn = (user: AccountState['user']): user is User => typeof user === 'object'

const statusOf = (error: unknown) => (error instanceof Refusal ? error.status : undefined)
