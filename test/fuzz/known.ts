import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { Violation } from './oracle.ts'
import type { Answer, Call } from './wire.ts'
import { PASSWORD, type Person, type World } from './world.ts'

/** What a good call needs that the contract's examples cannot tell, by operation. */
export const KNOWN_FIELDS: Record<string, (person: Person) => Record<string, unknown>> = {
  signUpWithEmail: () => ({ email: `${randomUUID()}@example.com` }),
  signInWithEmail: ({ email }) => ({ email, password: PASSWORD }),
  changePassword: () => ({ currentPassword: PASSWORD }),
  createLabel: () => ({ name: randomUUID() }),
  changeEmail: () => ({ newEmail: `${randomUUID()}@example.com` }),
}

/** How to make what the id at the end of that path names, where no operation answers with its Location. */
export const KNOWN_THINGS: Record<string, (world: World, person: Person) => Promise<string>> = {
  '/v1/me/sessions/{id}': async ({ database }, person) => {
    const { rows } = await database.query<{ id: string }>(
      `insert into sessions (id, user_id, token, expires_at)
       values (gen_random_uuid(), $1, gen_random_uuid()::text, now() + interval '7 days') returning id`,
      [person.id],
    )
    return rows[0]?.id ?? ''
  },
  '/v1/trash/{id}': async ({ database }, person) => {
    const { rows } = await database.query<{ id: string }>(
      `with made as (select gen_random_uuid() as id)
       insert into tasks (user_id, id, title, deleted_at, deleted_with)
       select $1, id, 'deleted', now(), id from made returning id`,
      [person.id],
    )
    return rows[0]?.id ?? ''
  },
}

/** Operations after which what their path names is no more there, as after a DELETE. */
export const TAKES_AWAY = ['restore']

/** What an operation changes of a thing without its body naming it: one that recurs is due another day, what is below another is in its list. */
export const ALSO_CHANGED: Record<string, string[]> = {
  completeTask: ['due'],
  reopenTask: ['due'],
  moveTask: ['listId', 'parentId'],
}

export interface Accepted {
  sent: unknown
  call: Call
  answer: Answer
}

const Secrets = z
  .object({ email: z.string(), name: z.string(), password: z.string(), newPassword: z.string() })
  .partial()

/** What is never shown again comes back in other ways: a password opens the account, and no other does. */
export const KNOWN_EFFECTS: Record<string, (world: World, accepted: Accepted) => Promise<void>> = {
  signUpWithEmail: async (world, accepted) => {
    const { email = '', name = '', password = '' } = Secrets.parse(accepted.sent)
    const { rows } = await world.database.query<{ name: string }>(
      'update users set email_verified = true where email = $1 returning name',
      [email.toLowerCase()],
    )
    if (rows[0]?.name !== name.trim()) {
      throw new Violation('The account has another name', accepted.call, accepted.answer)
    }
    await confirmPassword(world, email, password, accepted)
  },
  changePassword: async (world, accepted) => {
    const { email } = JSON.parse(accepted.answer.text).user
    await confirmPassword(world, email, Secrets.parse(accepted.sent).newPassword ?? '', accepted)
  },
}

const confirmPassword = async (world: World, email: string, password: string, { call, answer }: Accepted) => {
  const statusFor = async (attempt: string) => {
    const body = JSON.stringify({ email, password: attempt })
    const headers: Call['headers'] = [['Content-Type', 'application/json']]
    const signIn = { method: 'POST', target: '/api/auth/sign-in/email', headers, body }
    return (await world.send(signIn, 'signInWithEmail')).status
  }
  if ((await statusFor(password)) !== 200) throw new Violation('The password does not open it', call, answer)
  if ((await statusFor(`${password}.`)) === 200)
    throw new Violation('Another password opens it', call, answer)
}
