import type { AccessTokens } from './access-token.ts'
import { EdgewiseError, errorOf } from './error.ts'

const MAX_ATTEMPTS = 4
const FIRST_WAIT_MS = 300
/** What the server asks to wait beyond this is left to the caller. */
const LONGEST_WAIT_MS = 30_000

/** Answers that say nothing was done, or that it may be asked again. */
const PASSING = new Set([408, 429, 502, 503, 504])

interface Options {
  fetch: typeof globalThis.fetch
  tokens: AccessTokens
  onSignedOut: () => void
}

/**
 * A `fetch` that signs each request with an access token, renews one that is refused once, and repeats with growing waits what may be
 * repeated: reads, and writes by their `Idempotency-Key`. Throws `EdgewiseError` for every answer that is no success.
 */
export const transport = ({ fetch, tokens, onSignedOut }: Options): typeof globalThis.fetch => {
  /** Asks with a token, and once more with a new one if that is refused. */
  const signed = async (input: RequestInfo | URL, init: RequestInit): Promise<Response> => {
    const ask = async (): Promise<{ token: string; answer: Response }> => {
      const token = await orAborted(tokens.current(), init.signal)
      const headers = new Headers(init.headers)
      headers.set('Authorization', `Bearer ${token}`)
      return { token, answer: await fetch(input, { ...init, headers }) }
    }
    const first = await ask()
    if (first.answer.status !== 401) return first.answer
    tokens.refused(first.token)
    const { token, answer } = await ask()
    if (answer.status !== 401) return answer
    tokens.refused(token)
    throw new EdgewiseError('signed_out', 'The session has ended', { status: 401 })
  }

  return async (input, init = {}) => {
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await signed(input, init).then(settled, failed)
      if (outcome instanceof Response) return outcome
      if (init.signal?.aborted) throw init.signal.reason
      if (outcome.code === 'signed_out') onSignedOut()
      const wait = waitAfter(outcome, attempt)
      if (wait === undefined) throw outcome
      await sleep(wait, init.signal)
    }
  }
}

const settled = async (answer: Response): Promise<Response | EdgewiseError> =>
  answer.ok || answer.status === 304 ? answer : errorOf(answer)

const failed = (error: unknown): EdgewiseError =>
  error instanceof EdgewiseError
    ? error
    : new EdgewiseError('network_error', 'The server cannot be reached', { cause: error })

/** How long to wait before asking again, in milliseconds; nothing if that would be of no use. */
const waitAfter = ({ code, status, retryAfterMs }: EdgewiseError, attempt: number): number | undefined => {
  if (attempt >= MAX_ATTEMPTS || !(code === 'network_error' || PASSING.has(status))) return undefined
  const backOff = FIRST_WAIT_MS * 2 ** (attempt - 1) * (1 + Math.random())
  const wait = Math.max(retryAfterMs ?? 0, backOff)
  return wait > LONGEST_WAIT_MS ? undefined : wait
}

/** The shared promise, which goes on for the others when this caller gives up. */
const orAborted = <T>(promise: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> => {
  if (!signal) return promise
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

const sleep = (ms: number, signal: AbortSignal | null | undefined): Promise<void> => {
  let timer: ReturnType<typeof setTimeout>
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  return orAborted(passed, signal).finally(() => clearTimeout(timer))
}
