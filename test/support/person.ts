import { v7 as uuidv7 } from 'uuid'
import type { Task } from '../../src/tasks/contract.ts'
import { sql } from './database.ts'
import { send } from './worker.ts'

const PASSWORD = 'correct horse battery staple'

export type Person = Awaited<ReturnType<typeof signUp>>

/** Of that password, as Better Auth makes it: hashing it anew for each test's people would take most of the run. */
const PASSWORD_HASH =
  'b63c05eaf83a6bdf55314aae35ed1ada:c49b336aab377ab0baf6de467ea9db573977b2a5f09121a61c01028a6d70ee71f20faca74fc8bbef9f299426e463adddece927dd0ae7e685b3fc6321c67db249'

/** A new person with an account, a session and an access token: nobody shares one with another test. */
export const signUp = async (name: string) => {
  const email = newAddressOf(name)
  const [id, sessionToken] = [uuidv7(), crypto.randomUUID()]
  await sql(
    `with person as (
       insert into users (id, name, email, email_verified) values ($1, $2, $3, true) returning id
     ) insert into accounts (id, user_id, account_id, provider_id, password)
       select gen_random_uuid(), id, id, 'credential', $4 from person`,
    [id, name, email, PASSWORD_HASH],
  )
  // Afterwards, because a password that is set ends the sessions of its user.
  await sql(
    `insert into sessions (id, user_id, token, expires_at, ip_address, user_agent)
     values ($1, $2, $3, now() + interval '7 days', '', '')`,
    [uuidv7(), id, sessionToken],
  )
  const token = await accessToken(sessionToken)
  return { name, email, password: PASSWORD, id, sessionToken, token, ...clientOf(token) }
}

/** The same in the way that people come, which takes two hashes and sends a mail. */
export const signUpThemselves = async (name: string): Promise<Person> => {
  const email = newAddressOf(name)
  const created = await post('/api/auth/sign-up/email', { name, email, password: PASSWORD })
  if (created.status !== 200) throw new Error(`sign-up answered ${created.status}: ${await created.text()}`)
  await confirmAddress(email)
  return { name, email, password: PASSWORD, ...(await signIn(email, PASSWORD)) }
}

const newAddressOf = (name: string): string => `${name.toLowerCase()}-${crypto.randomUUID()}@example.com`

/** What the link in the mail does, for tests that are about something else. */
export const confirmAddress = (email: string) =>
  sql('update users set email_verified = true where email = $1', [email.toLowerCase()])

/** A new session of that account. */
export const signIn = async (email: string, password: string) => {
  const signedIn = await post('/api/auth/sign-in/email', { email, password })
  if (signedIn.status !== 200)
    throw new Error(`sign-in answered ${signedIn.status}: ${await signedIn.text()}`)
  const { token: sessionToken, user } = await signedIn.json<{ token: string; user: { id: string } }>()
  const token = await accessToken(sessionToken)
  return { id: user.id, sessionToken, token, ...clientOf(token) }
}

export const accessToken = async (sessionToken: string): Promise<string> => {
  const answer = await send('/api/auth/token', { headers: { Authorization: `Bearer ${sessionToken}` } })
  const { token } = await answer.json<{ token: string }>()
  return token
}

/** The data API, called with one access token; `through` sends the requests. */
export const clientOf = (token: string, through = send) => {
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    through(path, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw(body) ? body : JSON.stringify(body) }),
    })

  return {
    send: call,
    addTask: async (title: string, fields: object = {}): Promise<Task> => {
      const answer = await call('POST', '/v1/tasks', { title, ...fields })
      if (answer.status !== 201)
        throw new Error(`adding a task answered ${answer.status}: ${await answer.text()}`)
      return answer.json<Task>()
    },
    tasks: async (): Promise<Task[]> => {
      const answer = await call('GET', '/v1/tasks?limit=100')
      const { items } = await answer.json<{ items: Task[] }>()
      return items
    },
  }
}

const post = (path: string, body: unknown) =>
  send(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })

const isRaw = (body: unknown): body is string | Uint8Array<ArrayBuffer> | ReadableStream =>
  typeof body === 'string' || body instanceof Uint8Array || body instanceof ReadableStream
