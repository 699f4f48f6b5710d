export interface User {
  id: string
  name: string
  email: string
}

/** What to tell the person, and the HTTP status behind it: 0 when there was no answer at all. */
export class Refusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
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

/** Longer than the server gives its database. */
const DEADLINE_MS = 20_000

// Typed by each caller: the server is this page's own.
const call = async (method: 'GET' | 'POST', path: string, body?: object) => {
  const response = await fetch(`/api/auth/${path}`, {
    method,
    signal: AbortSignal.timeout(DEADLINE_MS),
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new Refusal(0, whyUnanswered(error))
  })
  const answer = await response.json().catch(() => undefined)
  if (!response.ok) throw new Refusal(response.status, sentence(response, answer))
  if (answer === undefined) throw new Refusal(0, 'The answer was cut short. Try again.')
  return answer
}

const whyUnanswered = (error: unknown) =>
  error instanceof DOMException && error.name === 'TimeoutError'
    ? 'The server took too long to answer. Try again.'
    : 'The server cannot be reached. Check your connection and try again.'

/** Better Auth's errors have a `message`; problem details (RFC 9457) a `detail` or at least a `title`. */
const sentence = (
  { status, headers }: Response,
  answer?: {
    message?: string
    detail?: string
    title?: string
    errors?: { path: string; message: string }[]
  },
) => {
  const [misfit] = answer?.errors ?? []
  const said =
    (misfit && `${misfit.path}: ${misfit.message}`) ||
    answer?.detail ||
    answer?.message ||
    answer?.title ||
    `The server answered ${status}.`
  const seconds = headers.get('Retry-After')
  return seconds ? `${said.replace(/\.?$/, '.')} Try again in ${seconds} s.` : said
}
