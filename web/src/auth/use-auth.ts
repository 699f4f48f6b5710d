import { useSyncExternalStore } from 'react'
import { authClient } from './client.ts'

export interface User {
  id: string
  name: string
  email: string
}

/** What went wrong, by Better Auth's code; a network that does not answer has none. */
export class AuthFailure extends Error {
  override name = 'AuthFailure'
  readonly code: string | undefined
  readonly status: number

  constructor(message: string, status: number, code?: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

const REMEMBERED = 'edgewise.user'

/** Who was signed in here when the page was last open: shown at once, and confirmed as soon as the server answers. */
const remembered = (): User | undefined => {
  try {
    const text = localStorage.getItem(REMEMBERED)
    return text === null ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

let current: User | undefined = remembered()
const listeners = new Set<() => void>()

const become = (user: User | undefined) => {
  current = user
  if (user) localStorage.setItem(REMEMBERED, JSON.stringify(user))
  else localStorage.removeItem(REMEMBERED)
  for (const listener of listeners) listener()
}

interface Outcome<T> {
  data: T | null
  error: { message?: string | undefined; status: number; code?: string | undefined } | null
}

/** What a call of Better Auth's client answers, or its failure thrown. */
const answerOf = async <T>(call: Promise<Outcome<T>>): Promise<T | null> => {
  const { data, error } = await call
  if (error) throw new AuthFailure(error.message ?? 'That did not work', error.status, error.code)
  return data
}

/** The one way to sign up, in and out, and to who is signed in. Its calls throw `AuthFailure`. */
export const auth = {
  signUp: async (name: string, email: string, password: string): Promise<void> => {
    await answerOf(authClient.signUp.email({ name, email, password }))
  },
  signIn: async (email: string, password: string): Promise<void> => {
    const answer = await answerOf(authClient.signIn.email({ email, password }))
    become(answer?.user)
  },
  signOut: async (): Promise<void> => {
    await answerOf(authClient.signOut())
    become(undefined)
  },
  /** Asks the server whether the session still lives. Without an answer, it is taken to. */
  confirm: async (): Promise<void> => {
    const { data, error } = await authClient.getSession()
    if (!error) become(data?.user)
  },
  /** The session has ended elsewhere. */
  ended: (): void => become(undefined),
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useAuth = () => ({ user: useSyncExternalStore(subscribe, () => current), ...auth })
