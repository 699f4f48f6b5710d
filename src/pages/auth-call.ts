/** What to tell the person, and the HTTP status and code behind it: 0 when there was no answer at all. */
export class Refusal extends Error {
  readonly status: number
  readonly code: string | undefined
  constructor(status: number, message: string, code?: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** Longer than the server gives its database. */
const DEADLINE_MS = 20_000

/** Calls an operation below `/api/auth` of the page's own server; callers type what comes back. Throws `Refusal`. */
export const call = async (
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  credentials: RequestCredentials = 'same-origin',
) => {
  const response = await fetch(`/api/auth/${path}`, {
    method,
    credentials,
    signal: AbortSignal.timeout(DEADLINE_MS),
    ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new Refusal(0, whyUnanswered(error))
  })
  const answer = await response.json().catch(() => undefined)
  if (!response.ok) throw new Refusal(response.status, sentence(response, answer), answer?.code)
  if (answer === undefined) throw new Refusal(0, 'The answer was cut short. Try again.')
  return answer
}

export const messageOf = (error: unknown) =>
  error instanceof Refusal ? error.message : 'Something went wrong in this page. Reload it and try again.'

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
  const seconds = Number(headers.get('Retry-After'))
  return seconds > 0 ? `${said.replace(/\.?$/, '.')} Try again in ${span(seconds)}.` : said
}

const span = (seconds: number): string => (seconds <= 60 ? 'a minute' : `${Math.ceil(seconds / 60)} minutes`)
