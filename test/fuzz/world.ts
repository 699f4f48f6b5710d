import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import pg from 'pg'
import { signUp } from '../../bench/people.ts'
import { newSecret, setStage } from '../../bench/stage.ts'
import { buildConfig, startWorker } from '../../bench/workerd.ts'
import { startMailbox } from '../support/mailbox.ts'
import { contractOf } from './contract.ts'
import { type Call, wireTo } from './wire.ts'

const BASE_URL = 'http://edgewise.test'

/** Requests that are under way at once, and how many of them may be such as hash passwords. */
export const LANES = 22
export const SLOW_LANES = 2

export type World = Awaited<ReturnType<typeof startWorld>>
export type Person = Awaited<ReturnType<World['newPerson']>>

/** Edgewise as it is deployed, on workerd, with a real Postgres; its contract; and the people in it. */
export const startWorld = async () => {
  const stage = await setStage()
  try {
    const mailbox = await startMailbox()
    stage.onStrike(mailbox.stop)
    const config = await buildConfig('src/index.ts', await stage.newFolder('fuzz'), {
      DATABASE_URL: stage.urls.api,
      AUTH_DATABASE_URL: stage.urls.auth,
      BETTER_AUTH_SECRET: newSecret(),
      BASE_URL,
      MAIL_FROM: 'Edgewise <edgewise@example.com>',
      RESEND_API_KEY: 'a-key',
      RESEND_URL: mailbox.url,
      // What only hides times would make every sign-in take half a second.
      EVEN_TIME_MS: '0',
    })
    const worker = await startWorker(config)
    stage.onStrike(worker.stop)
    const wire = wireTo(worker.origin, new URL(BASE_URL).host, LANES + SLOW_LANES)
    stage.onStrike(async () => wire.close())

    const tally = new Map<string, number>()
    let requests = 0
    /** Sends it, and counts it under the name of its operation and the status of its answer. */
    const send = async (call: Call, countedAs = 'others') => {
      const answer = await wire.send({
        ...call,
        headers: [['CF-Connecting-IP', newAddress()], ...call.headers],
      })
      requests += 1
      const key = `${countedAs} ${answer.status}`
      tally.set(key, (tally.get(key) ?? 0) + 1)
      return answer
    }
    const { text } = await send({ method: 'GET', target: '/openapi.json', headers: [] }, 'openapi.json')
    const first = await signUp(worker.origin, BASE_URL, stage.client)
    const database = new pg.Pool({ connectionString: stage.databaseUrl, max: 4 })
    database.on('error', () => {})
    stage.onStrike(() => database.end())
    const people = await peopleLike(first.id, database)

    /** A person with a confirmed account, a session and an access token. */
    const newPerson = async () => {
      const person = await people.add()
      const headers: Call['headers'] = [['Authorization', `Bearer ${person.session}`]]
      const answer = await send({ method: 'GET', target: '/api/auth/token', headers }, 'getToken')
      if (answer.status !== 200) throw new Error(`a session was answered ${answer.status}: ${answer.text}`)
      const { token }: { token: string } = JSON.parse(answer.text)
      return { ...person, token }
    }
    return {
      /** The superuser's own connections to Postgres. */
      database,
      contract: contractOf(text),
      send,
      newPerson,
      /** How many requests were sent. */
      requests: () => requests,
      tally: tally as ReadonlyMap<string, number>,
      /** Ends all that was started for it. */
      strike: stage.strike,
    }
  } catch (error) {
    await stage.strike()
    throw error
  }
}

export const PASSWORD = 'correct horse battery staple'

/** People by the database: signing each of them up would take 90 ms of hashing. All have the same password. */
const peopleLike = async (userId: string, database: pg.Pool) => {
  const { rows } = await database.query<{ password: string }>(
    'select password from accounts where user_id = $1',
    [userId],
  )
  const hash = rows[0]?.password
  return {
    add: async () => {
      const email = `person-${randomUUID()}@example.com`
      const session = randomBytes(24).toString('hex')
      const added = await database.query<{ id: string }>(ADD_ACCOUNT, [email, hash])
      const id = added.rows[0]?.id ?? ''
      await database.query(ADD_SESSION, [id, session])
      return { id, email, session }
    },
  }
}

const ADD_ACCOUNT = `
  with person as (
    insert into users (id, name, email, email_verified) values (gen_random_uuid(), 'Ada', $1, true) returning id
  )
  insert into accounts (id, user_id, account_id, provider_id, password)
  select gen_random_uuid(), id, id::text, 'credential', $2 from person
  returning user_id as id`

/** After the account: a new password ends all sessions. */
const ADD_SESSION = `
  insert into sessions (id, user_id, token, expires_at)
  values (gen_random_uuid(), $1, $2, now() + interval '7 days')`

/** Everybody comes from somewhere else, so that limits of an address say nothing here. */
const newAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`
