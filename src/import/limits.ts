import { problem } from '../http/problem.ts'

/** Things that one import may hold: the smallest Neon takes so many in well before the deadline of a call. */
const MAX_THINGS = 1_500

/** What the body of an import may be; an export's pages always are. */
export const IMPORT_BODY = {
  maxBytes: 2 * 1_024 * 1_024,
  maxItems: MAX_THINGS,
  /** Of these types it is no JSON, whose shape is looked at. */
  textTypes: /^text\/(csv|calendar)(?:;|$)/i,
  tooLarge: 'must have at most 2 MiB: import it in parts',
}

/** Throws `payload_too_large` for more things than one import may hold. */
export const confirmNumber = (things: number): void => {
  if (things > MAX_THINGS) throw problem('payload_too_large', { errors: [TOO_MANY] })
}

const TOO_MANY = { path: '', message: 'must hold at most 1,500 things: import it in parts' }
