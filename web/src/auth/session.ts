import { forgetStorageOf, storageOf } from '../replica/storage.ts'
import { answerOf, authClient } from './client.ts'

export interface User {
  id: string
  name: string
  email: string
}

export interface Session {
  user: User | undefined
  /** Why nobody is signed in any more, if somebody was: for the page that signs in. */
  farewell?: { reason: 'ended' | 'deleted'; email: string; unsent: number }
}

/** Under this name all tabs of the browser find who is signed in. */
const REMEMBERED = 'edgewise.user'

/** Who was signed in here when the page was last open: shown at once, and confirmed as soon as the server answers. */
const remembered = (): User | undefined => {
  try {
    const user: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null')
    return isUser(user) ? user : undefined
  } catch {
    return undefined
  }
}

const isUser = (value: unknown): value is User =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'name', 'email'].every((name) => typeof Reflect.get(value, name) === 'string')

const remember = (user: User | undefined) => {
  try {
    if (user) localStorage.setItem(REMEMBERED, JSON.stringify(user))
    else localStorage.removeItem(REMEMBERED)
  } catch {
    // A browser that keeps nothing asks the server each time.
  }
}

let session: Session = { user: remembered() }
// Rises with each change: what was asked of the server before it says nothing any more.
let turn = 0
const listeners = new Set<() => void>()

const show = (next: Session) => {
  turn += 1
  session = next
  for (const listener of listeners) listener()
}

export const currentSession = (): Session => session

export const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** This browser acts for that person from now on, in all its tabs. */
export const enter = ({ id, name, email }: User) => {
  const user = { id, name, email }
  const before = session.user
  if (before?.id === id && before.name === name && before.email === email) return
  remember(user)
  show({ user })
  if (before && before.id !== id) void forgetUnlessUnsent(before.id)
}

/** Nobody is signed in any more, in any tab, and nothing of theirs stays on this device. */
export const leave = async (farewell?: 'deleted') => {
  const { user } = session
  remember(undefined)
  // Nobody who signs in next wants to where this person was.
  history.replaceState(null, '', '/sign-in')
  show({
    user: undefined,
    ...(user && farewell && { farewell: { reason: farewell, email: user.email, unsent: 0 } }),
  })
  if (user) await forgetStorageOf(user.id)
}

/** The server has ended the session. What it has not been sent waits here for the same person; nothing else stays. */
const leaveWithoutAsking = async () => {
  const { user } = session
  if (!user) return
  remember(undefined)
  show({ user: undefined, farewell: { reason: 'ended', email: user.email, unsent: 0 } })
  const asked = turn
  const unsent = await forgetUnlessUnsent(user.id)
  if (unsent > 0 && asked === turn)
    show({ user: undefined, farewell: { reason: 'ended', email: user.email, unsent } })
}

/** Leaves nothing of that person's on this device, unless something waits to be sent; how much that is. */
const forgetUnlessUnsent = async (userId: string): Promise<number> => {
  const storage = storageOf(userId)
  const { length } = (await storage.queue()).filter(({ isMade }) => !isMade)
  await storage.close()
  if (length === 0) await forgetStorageOf(userId)
  return length
}

/** Asks the server who is signed in. Without an answer, it stays as it is. */
export const confirm = async (): Promise<void> => {
  const asked = turn
  const answer = await answerOf((hooks) => authClient.getSession({ fetchOptions: hooks })).catch(
    () => undefined,
  )
  if (answer === undefined || asked !== turn) return
  if (answer) enter(answer.user)
  else if (session.user) await leaveWithoutAsking()
}

/** The server gives out no more access tokens to this person here: somebody else is signed in now, or nobody. */
export const ended = async (): Promise<void> => {
  const asked = turn
  const answer = await answerOf((hooks) => authClient.getSession({ fetchOptions: hooks })).catch(() => null)
  if (asked !== turn) return
  if (answer && answer.user.id !== session.user?.id) enter(answer.user)
  else if (!answer) await leaveWithoutAsking()
}

// Another tab has signed in or out: this one follows, so that they never act for two people.
addEventListener('storage', ({ key }) => {
  if (key !== REMEMBERED && key !== null) return
  const user = remembered()
  if (user?.id !== session.user?.id || user?.email !== session.user?.email) show({ user })
})
