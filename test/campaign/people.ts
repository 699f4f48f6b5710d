import { randomBytes, randomUUID } from 'node:crypto'
import { hashPassword } from 'better-auth/crypto'
import type pg from 'pg'
import { newSecret } from '../../bench/stage.ts'
import { send } from './client.ts'
import type { Worker } from './stage.ts'

export interface Person {
  id: string
  email: string
  password: string
  sessionToken: string
  accessToken: string
  /** A client address of their own: limits count by it. */
  address: string
}

/** In every text of a person's that no log may hold. */
export const MARK = `canary${randomBytes(8).toString('hex')}`

const PASSWORD = `${MARK} battery staple`

/** New people, each with a password, a session and an access token from that Worker. */
export const enrol = async (client: pg.Client, worker: Worker, count: number): Promise<Person[]> => {
  const people = Array.from({ length: count }, () => ({
    id: randomUUID(),
    email: `${MARK}-${newSecret().toLowerCase()}@example.com`,
    password: PASSWORD,
    sessionToken: `${MARK}${newSecret()}`,
    address: newAddress(),
  }))
  await client.query(
    `insert into users (id, name, email, email_verified)
     select id, 'Person', email, true from unnest($1::uuid[], $2::text[]) as people (id, email)`,
    [people.map(({ id }) => id), people.map(({ email }) => email)],
  )
  await client.query(
    `insert into accounts (id, user_id, account_id, provider_id, password)
     select gen_random_uuid(), id, id, 'credential', $2 from unnest($1::uuid[]) as people (id)`,
    [people.map(({ id }) => id), await hashPassword(PASSWORD)],
  )
  await client.query(
    `insert into sessions (id, user_id, token, expires_at)
     select gen_random_uuid(), id, token, now() + interval '7 days'
     from unnest($1::uuid[], $2::text[]) as people (id, token)`,
    [people.map(({ id }) => id), people.map(({ sessionToken }) => sessionToken)],
  )
  const enrolled = people.map((person) => ({ ...person, accessToken: '' }))
  await renewTokens(worker, enrolled)
  return enrolled
}

/** Gives each a new access token: one lives for 15 minutes, which a campaign outlasts. */
export const renewTokens = async (worker: Worker, people: Person[]): Promise<void> => {
  for (const person of people) person.accessToken = await accessTokenOf(worker, person)
}

const accessTokenOf = async (worker: Worker, { sessionToken, address }: Person) => {
  const answer = await send(worker, { path: '/api/auth/token', token: sessionToken, address })
  const token = answer.body?.token
  if (typeof token !== 'string') throw new Error(`a session was answered ${answer.status} for its token`)
  return token
}

/** Of the block for documentation (RFC 3849), in a /64 of its own. */
const newAddress = () => `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`
