import { randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { newSecret } from '../../bench/stage.ts'
import { send } from './client.ts'
import type { Worker } from './stage.ts'

export interface Person {
  id: string
  email: string
  sessionToken: string
  accessToken: string
  /** A client address of their own: limits count by it. */
  address: string
}

/** New people, each with a session and an access token from that Worker. */
export const enrol = async (client: pg.Client, worker: Worker, count: number): Promise<Person[]> => {
  const people = Array.from({ length: count }, () => ({
    id: randomUUID(),
    email: `person-${newSecret()}@example.com`,
    sessionToken: newSecret(),
    address: newAddress(),
  }))
  const columns = [people.map(({ id }) => id), people.map(({ email }) => email)]
  await client.query(
    `insert into users (id, name, email, email_verified)
     select id, 'Person', email, true from unnest($1::uuid[], $2::text[]) as people (id, email)`,
    columns,
  )
  await client.query(
    `insert into sessions (id, user_id, token, expires_at)
     select gen_random_uuid(), id, token, now() + interval '7 days'
     from unnest($1::uuid[], $2::text[]) as people (id, token)`,
    [people.map(({ id }) => id), people.map(({ sessionToken }) => sessionToken)],
  )
  const enrolled: Person[] = []
  for (const person of people) enrolled.push({ ...person, accessToken: await accessTokenOf(worker, person) })
  return enrolled
}

const accessTokenOf = async (worker: Worker, { sessionToken, address }: Omit<Person, 'accessToken'>) => {
  const answer = await send(worker, { path: '/api/auth/token', token: sessionToken, address })
  const token = answer.body?.token
  if (typeof token !== 'string') throw new Error(`a session was answered ${answer.status} for its token`)
  return token
}

/** Of the block for documentation (RFC 3849), in a /64 of its own. */
const newAddress = () => `2001:db8:${randomBytes(2).toString('hex')}:${randomBytes(2).toString('hex')}::1`
