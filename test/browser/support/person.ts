import type { BrowserContext } from 'playwright-core'
import { inject } from 'vitest'
import { createEdgewise, type Edgewise, type Task } from '../../../client/src/index.ts'
import { mailTo } from './mail.ts'

const PASSWORD = 'correct horse battery staple'

export interface Person {
  id: string
  name: string
  email: string
  password: string
  /** From where they come, as the server sees it: limits count nobody else there. */
  address: string
  /** What the server has of theirs, asked by a session that no browser knows of. */
  edgewise: Edgewise
}

/** Somebody with a confirmed account, and nothing in it yet. */
export const newPerson = async (name: string): Promise<Person> => {
  const { email, password, address } = newIdentity(name)
  await post('sign-up/email', address, { name, email, password })
  const { link } = await mailTo(email, 'Confirm your address')
  const token = new URL(link).searchParams.get('token')
  await fetch(`${inject('server').baseUrl}/api/auth/verify-email?token=${token}`)
  const session = await post('sign-in/email', address, { email, password })
  const { token: sessionToken, user }: { token: string; user: { id: string } } = await session.json()
  const edgewise = createEdgewise({ baseUrl: inject('server').baseUrl, sessionToken })
  return { id: user.id, name, email, password, address, edgewise }
}

/** Who has no account yet. */
export const newIdentity = (name: string) => ({
  name,
  email: `${name.toLowerCase()}-${crypto.randomUUID()}@example.com`,
  password: PASSWORD,
  address: `10.${[...crypto.getRandomValues(new Uint8Array(3))].join('.')}`,
})

/** Gives the browser a session of that person's, as the sign-in page would. */
export const signIn = async (context: BrowserContext, { email, password }: Person): Promise<void> => {
  const { baseUrl } = inject('server')
  const answer = await context.request.post(`${baseUrl}/api/auth/sign-in/email`, {
    data: { email, password },
    headers: { Origin: baseUrl },
  })
  if (!answer.ok()) throw new Error(`sign-in answered ${answer.status()}: ${await answer.text()}`)
}

/** Their open tasks, as the server has them. */
export const tasksOf = ({ edgewise }: Person): Promise<Task[]> =>
  Array.fromAsync(edgewise.tasks.all({ completed: 'false' }))

/** The titles of those, in alphabetical order. */
export const titlesOf = async (person: Person): Promise<string[]> =>
  (await tasksOf(person)).map(({ title }) => title).toSorted()

const post = async (path: string, address: string, body: object): Promise<Response> => {
  const answer = await fetch(`${inject('server').baseUrl}/api/auth/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'CF-Connecting-IP': address },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer
}
