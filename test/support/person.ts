import type { Task } from '../../src/tasks/contract.ts'
import { sql } from './database.ts'
import { send } from './worker.ts'

const PASSWORD = 'correct horse battery staple'

export type Person = Awaited<ReturnType<typeof signUp>>

/** A new person with an account, a session and an access token: nobody shares one with another test. */
export const signUp = async (name: string) => {
  const email = `${name}-${crypto.randomUUID()}@example.com`
  const created = await post('/api/auth/sign-up/email', { name, email, password: PASSWORD })
  if (created.status !== 200) throw new Error(`sign-up answered ${created.status}: ${await created.text()}`)
  await confirmAddress(email)
  return { name, email, password: PASSWORD, ...(await signIn(email, PASSWORD)) }
}

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
