import { EdgewiseError, type FieldError } from '../../../client/src/index.ts'

interface Details {
  code?: string | undefined
  errors?: readonly FieldError[]
  retryAfterMs?: number | undefined
}

/** What a call below `/api/auth` was refused with; `status` is 0 when there was no answer. */
export class AuthFailure extends Error {
  override name = 'AuthFailure'
  readonly status: number
  readonly code: string | undefined
  /** What does not fit, field by field. */
  readonly errors: readonly FieldError[]
  readonly retryAfterMs: number | undefined

  constructor(message: string, status: number, { code, errors = [], retryAfterMs }: Details = {}) {
    super(message)
    this.status = status
    this.code = code
    this.errors = errors
    this.retryAfterMs = retryAfterMs
  }
}

/** What to tell a person of a call that failed: in a sentence, and beside the fields that it is about. */
export interface Explained {
  message: string
  fields: Record<string, string>
}

export const explain = (error: unknown): Explained => {
  if (!(error instanceof AuthFailure || error instanceof EdgewiseError))
    return { message: 'Something went wrong in this page. Reload it and try again.', fields: {} }
  const fields = Object.fromEntries(error.errors.map(({ path, message }) => [path, sentence(message)]))
  return { message: messageOf(error, Object.keys(fields).length > 0), fields }
}

const messageOf = (error: AuthFailure | EdgewiseError, isOfFields: boolean): string => {
  const { status, retryAfterMs } = error
  if (status === 0)
    return navigator.onLine
      ? 'The server cannot be reached. Try again in a moment.'
      : 'You are offline. Try again when you are back.'
  if (status === 429) return `That was too often. Try again ${afterMs(retryAfterMs)}.`
  if (status >= 500) return `The server cannot do that just now. Try again ${afterMs(retryAfterMs)}.`
  return isOfFields ? '' : sentence(error.message)
}

const MINUTE_MS = 60_000

const afterMs = (ms: number | undefined): string => {
  if (ms === undefined) return 'in a moment'
  const minutes = Math.ceil(ms / MINUTE_MS)
  return minutes <= 1 ? 'in a minute' : `in ${minutes} minutes`
}

const sentence = (text: string): string => {
  const [first = '', ...rest] = text
  return `${first.toUpperCase()}${rest.join('').replace(/\.$/, '')}.`
}
