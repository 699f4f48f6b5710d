import type { Contract, Operation } from './contract.ts'
import { type Answer, type Call, described, shortened } from './wire.ts'

/** Longer than an answer may take on a machine that does much else, and shorter than an injected sleep. */
const SLOW_MS = 20_000

const PROBLEM_TYPE = 'application/problem+json'

/** Stands in what a witness owns; nobody else may ever be shown it. */
export const CANARY = 'canary 7b0f4d7e'

/** What a call and its answer show that must never be. */
export class Violation extends Error {
  override name = 'Violation'

  constructor(what: string, call: Call, answer: Answer) {
    super(`${what}\n\n${described(call)}\n\nwas answered ${answer.status} ${shortened(answer.text)}\n`)
  }
}

/**
 * Throws a `Violation` unless the answer is one that the contract has for that operation or, if the call
 * is to none (`undefined`), one that says so. Gives the body of a JSON answer.
 */
export const judge = (
  contract: Contract,
  operation: Operation | undefined,
  call: Call,
  answer: Answer,
): unknown => {
  const fail = (what: string): never => {
    throw new Violation(what, call, answer)
  }
  const { status, headers, text, tookMs } = answer
  if (status >= 500) fail('A fault of ours')
  if (tookMs > SLOW_MS) fail(`An answer that took ${Math.round(tookMs)} ms`)
  if (text.includes(CANARY) || JSON.stringify(headers).includes(CANARY)) fail("Somebody else's row")
  if (!headers['x-request-id']) fail('An answer that cannot be found in the log')

  const isHead = call.method === 'HEAD'
  const type = headers['content-type']
  const value = text === '' ? undefined : jsonIn(text)
  if (type === PROBLEM_TYPE && !isHead && !isProblem(value, status))
    fail('A problem that is of another status')
  if (!operation) {
    if (status < 400 || type !== PROBLEM_TYPE) fail('An answer of no operation')
    if (status === 405 && !headers.allow) fail('A method is refused, but not said which there are')
    return value
  }

  const response = operation.responses[status]
  if (!response) return fail('A status that is not in the contract')
  for (const name of Object.keys(response.headers ?? {})) {
    if (headers[name.toLowerCase()] === undefined) fail(`An answer without ${name}`)
  }
  if (!response.content) {
    if (text !== '' || type !== undefined) fail('A body where the contract has none')
    return undefined
  }
  if (typeof type !== 'string' || !(type in response.content)) return fail(`The type of content ${type}`)
  if (isHead) return undefined
  if (value === undefined) fail('A body that is not JSON')
  const misfits = contract.answerMisfits(operation, status, type, value)
  if (misfits) fail(`An answer that does not fit its schema (${misfits})`)
  return value
}

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isProblem = (value: unknown, status: number) =>
  value !== null && typeof value === 'object' && 'status' in value && value.status === status
