import { beforeAll, describe, it } from 'vitest'
import { idsFor, perform } from '../support/attack.ts'
import { postAuth, verify } from '../support/auth-calls.ts'
import { sql } from '../support/database.ts'
import type { Fault } from '../support/faults.ts'
import { mailTo, tokenIn } from '../support/mail.ts'
import { type Operation, operations } from '../support/openapi.ts'
import { type OwnWorker, ownWorker } from '../support/own-worker.ts'
import { clientOf, type Person } from '../support/person.ts'
import { env } from '../support/worker.ts'
import { logOf } from './capture.ts'

// What nobody may ever read in the log. Each is a word that nothing else contains.
const word = (what: string) => `canary-${what}-${crypto.randomUUID().slice(0, 8)}`
const NAME = word('name')
const EMAIL = `${word('email')}@example.com`
const PASSWORD = word('password')
const TITLE = word('title')
const NOTES = word('notes')
const COOKIE = word('cookie')
const BEARER = word('bearer')
const QUERY = word('query')
const HEADER = word('header')
const DATABASE_MESSAGE = word('message')

/** How the database, and the way to it, can fail. */
const FAULTS: Fault[] = [
  { when: 'before', answer: { status: 400, body: refusal('42501') } },
  { when: 'before', answer: { status: 400, body: refusal('23505') } },
  { when: 'before', answer: { status: 400, body: refusal(DATABASE_MESSAGE) } },
  { when: 'after', answer: { status: 507, body: DATABASE_MESSAGE } },
  { when: 'after', answer: { status: 200, body: JSON.stringify({ message: DATABASE_MESSAGE }) } },
  { when: 'before', answer: 'drop' },
]

/** After how many good calls of a request to the database which fault strikes. */
const MISHAPS = [
  ...[0, 1, 2, 3].map((passed) => [passed, FAULTS[0]] as const),
  ...FAULTS.slice(1).map((fault) => [2, fault] as const),
]

function refusal(code: string) {
  return JSON.stringify({
    message: DATABASE_MESSAGE,
    code,
    detail: DATABASE_MESSAGE,
    where: DATABASE_MESSAGE,
  })
}

const ALL = await operations()
let worker: OwnWorker
let person: Person
const lines: string[] = []
const secrets: string[] = []

/** A person whose every detail is a canary, through a Worker whose log is kept. */
const signUpCanary = async (): Promise<Person> => {
  const { send } = ownWorker({ bindings: { EVEN_TIME_MS: 0 } })
  await postAuth('/sign-up/email', { name: NAME, email: EMAIL, password: PASSWORD }, undefined, send)
  const linkToken = tokenIn(await mailTo(EMAIL))
  await verify(linkToken, send)
  const signedIn = await postAuth('/sign-in/email', { email: EMAIL, password: PASSWORD }, undefined, send)
  const { token: sessionToken, user } = await signedIn.json<{ token: string; user: { id: string } }>()
  const [cookie = ''] = (signedIn.headers.get('Set-Cookie') ?? '').split(';', 1)
  const answer = await send('/api/auth/token', { headers: { Cookie: cookie } })
  const { token } = await answer.json<{ token: string }>()
  secrets.push(linkToken, sessionToken, token, cookie.slice(cookie.indexOf('=') + 1), user.id)
  return {
    name: NAME,
    email: EMAIL,
    password: PASSWORD,
    id: user.id,
    sessionToken,
    token,
    ...clientOf(token, worker.send),
  }
}

/** The example with a canary for every text, but for those that would not reach anything behind the contract. */
const laden = (example: Record<string, unknown> | undefined) =>
  example && {
    ...example,
    ...('title' in example && { title: TITLE }),
    ...('notes' in example && { notes: NOTES }),
    ...('name' in example && { name: NAME }),
    ...('email' in example && { email: EMAIL }),
    ...('password' in example && { password: PASSWORD }),
  }

const succeed = async (operation: Operation) => {
  if (operation.isAuthenticated) {
    const ids = await idsFor(person, operation)
    secrets.push(...Object.values(ids.path))
    return perform(person, operation, { ids, body: laden(operation.bodyExample) ?? {} })
  }
  return attempt(operation, { Authorization: `Bearer ${person.sessionToken}` })
}

const attempt = ({ method, path, bodyExample }: Operation, headers: Record<string, string>, search = '') =>
  worker.send(`${path.replaceAll(/\{\w+\}/g, QUERY)}${search}`, {
    method,
    headers: { ...(bodyExample && { 'Content-Type': 'application/json' }), 'X-Anything': HEADER, ...headers },
    ...(bodyExample && { body: JSON.stringify(laden(bodyExample)) }),
  })

/** The limits would let nothing go further. */
const forgetAttempts = () => sql('truncate edgewise.attempts')

/** Every way of asking wrongly that the log could be tempted to tell more of. */
const fail = async (operation: Operation) => {
  const token = `Bearer ${person.token}`
  await attempt(operation, { Authorization: token }, `?${QUERY}=${QUERY}&token=${QUERY}&cursor=${QUERY}`)
  await attempt(operation, { Authorization: `Bearer ${BEARER}` })
  await attempt(operation, { Authorization: `Basic ${BEARER}` })
  await attempt(operation, {
    Cookie: `better-auth.session_token=${COOKIE}`,
    Origin: `https://${QUERY}.example`,
  })
  if (operation.method === 'GET') return
  const send = (body: string) =>
    worker.send(operation.path, {
      method: operation.method,
      headers: { Authorization: token, 'Content-Type': 'application/json' },
      body,
    })
  await send(`{"${TITLE}":"${NOTES}"}`)
  await send(`{"${TITLE}":1,"${TITLE}":2}`)
  await send(`{"title":"${TITLE}`)
}

beforeAll(async () => {
  worker = ownWorker({ deadlineMs: 5_000, bindings: { EVEN_TIME_MS: 0 } })
  lines.push(
    ...(await logOf(async () => {
      person = await signUpCanary()
    })),
  )
})

describe('whatever happens, the log holds nothing of it:', () => {
  // Deleting the account comes last of all.
  const ordered = ALL.toSorted(
    (a, b) => Number(a.operationId === 'deleteAccount') - Number(b.operationId === 'deleteAccount'),
  )

  it.for(ordered.map((operation) => [operation.operationId, operation] as const))(
    '%s',
    async ([, operation], { expect }) => {
      const log = await logOf(async () => {
        for (const [passed, fault] of MISHAPS) {
          await forgetAttempts()
          await worker.play([...Array(passed).fill(null), ...Array(3).fill(fault)])
          await succeed(operation).catch(() => {})
        }
        await worker.play([])
        await forgetAttempts()
        expect((await succeed(operation)).status).not.toBeOneOf([429, 500, 503])
        await fail(operation)
      })
      lines.push(...log)
      expect(log.length).toBeGreaterThan(MISHAPS.length)
    },
  )

  it('no canary, no token, no id, no connection string', ({ expect }) => {
    const words = [NAME, EMAIL, PASSWORD, TITLE, NOTES, COOKIE, BEARER, QUERY, HEADER, DATABASE_MESSAGE]
    const passwords = [env.DATABASE_URL, env.AUTH_DATABASE_URL].map((url) => new URL(url).password)
    const told = [
      ...words,
      ...words.map(encodeURIComponent),
      ...passwords,
      env.BETTER_AUTH_SECRET,
      ...secrets,
    ]
    expect(secrets.length).toBeGreaterThan(10)
    expect(lines.length).toBeGreaterThan(300)
    for (const line of lines) {
      expect(
        told.filter((secret) => line.includes(secret)),
        line,
      ).toEqual([])
      expect(line).not.toMatch(/canary-|postgresql:|eyJ/)
      expect(() => JSON.parse(line)).not.toThrow()
    }
  })
})
