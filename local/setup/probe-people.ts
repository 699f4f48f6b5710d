import { randomUUID } from 'node:crypto'
import type { ClientBase } from 'pg'

/** Somebody who exists only to be kept apart from somebody else. */
export interface Person {
  userId: string
  sessionId: string
  taskId: string
}

/** Long enough to probe; what a crash leaves behind is useless soon, and goes with the next run. */
const SESSION_LIFETIME = '5 minutes'

/** Runs `work` with two people who have a session each, and removes them and all that is theirs. */
export const withTwoPeople = async (
  owner: ClientBase,
  work: (ada: Person, bob: Person) => Promise<void>,
): Promise<void> => {
  await removeThem(owner)
  try {
    await work(await makePerson(owner), await makePerson(owner))
  } finally {
    await removeThem(owner)
  }
}

/** Ends the person's session, as its expiry would. */
export const endSession = (owner: ClientBase, { sessionId }: Person) =>
  owner.query(`update public.sessions set expires_at = now() - interval '1 second' where id = $1`, [
    sessionId,
  ])

/** Disables the person, whose session stays as it is. */
export const disable = (owner: ClientBase, { userId }: Person) =>
  owner.query('update public.users set disabled_at = now() where id = $1', [userId])

/** They have no password, and no mail gets there: nobody can sign in as one of them. */
const makePerson = async (owner: ClientBase): Promise<Person> => {
  const person = { userId: randomUUID(), sessionId: randomUUID(), taskId: randomUUID() }
  await owner.query(
    `insert into public.users (id, name, email) values ($1::uuid, 'RLS probe', $1 || '@${DOMAIN}')`,
    [person.userId],
  )
  await owner.query(
    `insert into public.sessions (id, user_id, token, expires_at)
     values ($1, $2, gen_random_uuid()::text || gen_random_uuid(), now() + interval '${SESSION_LIFETIME}')`,
    [person.sessionId, person.userId],
  )
  return person
}

const removeThem = (owner: ClientBase) =>
  owner.query(`delete from public.users where email like '%@${DOMAIN}'`)

const DOMAIN = 'rls-probe.invalid'
