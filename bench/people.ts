import type pg from 'pg'

export interface Person {
  id: string
  /** The opaque token that names the session. */
  sessionToken: string
  accessToken: string
}

export const PASSWORD = 'correct horse battery staple'

/** Signs a person up, in and through to an access token, as an app does; `client` stands for the mail's reader. */
export const signUp = async (
  origin: string,
  baseUrl: string,
  client: pg.Client,
  email = 'ada@example.com',
): Promise<Person> => {
  const credentials = { email, password: PASSWORD }
  const post = <T>(path: string, body: object): Promise<T> =>
    answerOf(
      fetch(`${origin}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: baseUrl },
        body: JSON.stringify(body),
      }),
    )
  await post('/api/auth/sign-up/email', { name: 'Ada', ...credentials })
  await client.query('update users set email_verified = true')
  const session = await post<Session>('/api/auth/sign-in/email', credentials)
  const { token } = await answerOf<{ token: string }>(
    fetch(`${origin}/api/auth/token`, { headers: { Authorization: `Bearer ${session.token}` } }),
  )
  return { id: session.user.id, sessionToken: session.token, accessToken: token }
}

export interface Population {
  /** Beside those that are there already. */
  people: number
  tasksEach: number
}

/** Adds other people with a session each, and gives everybody tasks of all kinds. */
export const populate = async (client: pg.Client, { people, tasksEach }: Population) => {
  await client.query(
    `insert into users (id, name, email)
     select gen_random_uuid(), 'Person ' || n, 'person-' || n || '@example.com' from generate_series(1, $1::int) n`,
    [people],
  )
  await client.query(
    `insert into sessions (id, user_id, token, expires_at)
     select gen_random_uuid(), id, md5(id::text), now() + interval '7 days' from users`,
  )
  await client.query(
    `insert into tasks (user_id, id, title, notes, priority, due_date, due_time, due_time_zone, completed_at)
     select users.id, gen_random_uuid(), 'Task ' || n, repeat('note ', n % 8), n % 4,
       case when n % 2 = 0 then date '2026-12-01' + n end,
       case when n % 4 = 0 then time '09:00' end,
       case when n % 8 = 0 then 'Europe/Berlin' end,
       case when n % 3 = 0 then now() end
     from users, generate_series(1, $1::int) n`,
    [tasksEach],
  )
  await client.query('vacuum analyze')
}

type Session = { token: string; user: { id: string } }

const answerOf = async <T>(request: Promise<Response>): Promise<T> => {
  const answer = await request
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}
