import { call } from '../pages/auth-call.ts'

export interface User {
  id: string
  name: string
  email: string
}

/** The signed-in user by the session cookie. Throws `Refusal`, as all calls here do. */
export const readUser = async (): Promise<User | undefined> => {
  const session: { user: User } | null = await call('GET', 'get-session')
  return session?.user
}

export const readToken = async (): Promise<string> => {
  const { token }: { token: string } = await call('GET', 'token')
  return token
}

export const signIn = async (email: string, password: string): Promise<User> => {
  const { user }: { user: User } = await call('POST', 'sign-in/email', { email, password })
  return user
}

/** Asks for the account: a mail then says how to go on, whether or not the address has one already. */
export const signUp = (name: string, email: string, password: string): Promise<unknown> =>
  call('POST', 'sign-up/email', { name, email, password })

export const signOut = (): Promise<unknown> => call('POST', 'sign-out', {})
