import pg from 'pg'
import { prepareDatabase } from '../../local/database.ts'
import { MAIL_TO_NOWHERE, newSecret, type Stage } from '../stage.ts'
import { buildConfig, startWorker } from '../workerd.ts'
import { type Captured, capture } from './capture.ts'
import { fill, type World } from './fill.ts'
import { type Someone, someoneOf } from './known.ts'
import { type Paced, paceOf } from './pace.ts'
import { type Planned, plansOf } from './plans.ts'
import { type Statement, startRecorder, withoutLimit } from './recorder.ts'

export interface Scale {
  world: World
  people: PersonScale[]
  fillSeconds: number
}

export interface PersonScale {
  who: string
  tasks: number
  planned: Planned[]
  paced: Paced[]
}

export type Size = Pick<World, 'users' | 'tasks' | 'bigTasks'>

/** Enough memory for what both databases are asked for, and none of the upkeep that comes when it likes. */
export const SETTINGS = {
  shared_buffers: '2GB',
  max_wal_size: '16GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum: 'off',
  log_min_messages: 'error',
}

/** What all that the first user and an ordinary one can ask takes, among everybody's rows and among their own alone. */
export const measureScale = async (stage: Stage, size: Size): Promise<Scale> => {
  const { world, ordinary, fillSeconds } = await fillBoth(stage, size)
  return { world, people: await measurePeople(stage, ordinary), fillSeconds }
}

const fillBoth = async (stage: Stage, size: Size) => {
  const startedAt = performance.now()
  const world = { ...size, moment: new Date() }
  await fill(stage.client, world)
  const ordinary = await ordinaryUser(stage.client)
  const alone = await openAlone(stage)
  await fill(alone, world, [1, ordinary])
  const fillSeconds = (performance.now() - startedAt) / 1000
  console.log(`filled in ${fillSeconds.toFixed(0)} s`)
  return { world, ordinary, fillSeconds }
}

const measurePeople = async (stage: Stage, ordinary: number): Promise<PersonScale[]> => {
  const people: PersonScale[] = []
  for (const [who, number] of [
    ['the largest user', 1],
    ['an ordinary user', ordinary],
  ] as const) {
    const someone = await someoneOf(stage.client, number)
    const requests = await captured(stage, someone)
    console.log(`${who}: ${requests.length} requests`)
    const planned = await asSuperuser(stage.databaseUrl, (client) => plansOf(client, requests))
    const paced = await paceOf(
      () => asDataRole(stage, stage.databaseUrl),
      () => asDataRole(stage, aloneUrl(stage)),
      requests.filter(({ isTimed }) => isTimed),
    )
    people.push({ who, tasks: await tasksOf(stage.client, someone), planned, paced })
  }
  return people
}

/** What the Worker, as deployed, sends to the database for all that this person can ask. */
export const captured = async (stage: Stage, someone: Someone): Promise<Captured[]> => {
  const recorder = await startRecorder(stage.neonPort)
  const url = new URL(stage.urls.api)
  url.port = String(recorder.port)
  const config = await buildConfig('src/index.ts', await stage.newFolder(`scale-${someone.number}`), {
    DATABASE_URL: url.href,
    AUTH_DATABASE_URL: stage.urls.auth,
    BETTER_AUTH_SECRET: newSecret(),
    ...MAIL_TO_NOWHERE,
    BASE_URL: 'http://edgewise.test',
    DATABASE_DEADLINE_MS: '60000',
  })
  const worker = await startWorker(config)
  stage.onStrike(worker.stop)
  const count = async (statement: Statement): Promise<number> => {
    const { query, params } = withoutLimit(statement)
    const { rows } = await stage.client.query<{ count: string }>(
      `select count(*) from (${query}) as found`,
      params,
    )
    return Number(rows[0]?.count)
  }
  try {
    return await capture(someone, { origin: worker.origin, recorder, count })
  } finally {
    await worker.stop()
    await recorder.stop()
  }
}

const DATABASE = 'alone'

const aloneUrl = ({ databaseUrl }: Stage): string => {
  const url = new URL(databaseUrl)
  url.pathname = `/${DATABASE}`
  return url.href
}

const openAlone = async (stage: Stage): Promise<pg.Client> => {
  const client = new pg.Client(await stage.postgres.createDatabase(DATABASE))
  await client.connect()
  client.on('error', () => {})
  stage.onStrike(() => client.end())
  await prepareDatabase(client, {
    edgewise_api: new URL(stage.urls.api).password,
    edgewise_auth: new URL(stage.urls.auth).password,
  })
  return client
}

const asDataRole = async ({ urls }: Stage, databaseUrl: string): Promise<pg.Client> => {
  const url = new URL(databaseUrl)
  url.username = 'edgewise_api'
  url.password = new URL(urls.api).password
  const client = new pg.Client(url.href)
  await client.connect()
  return client
}

export const asSuperuser = async <T>(url: string, act: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return await act(client)
  } finally {
    await client.end()
  }
}

/** The one who has most nearly a hundred tasks. */
const ordinaryUser = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ number: number }>(
    `select substr(name, 8)::integer as number from users join edgewise.writers on user_id = users.id
     order by abs(tasks - 100), 1 limit 1`,
  )
  return rows[0]?.number ?? 2
}

const tasksOf = async (client: pg.Client, { id }: Someone): Promise<number> => {
  const { rows } = await client.query<{ count: string }>('select count(*) from tasks where user_id = $1', [
    id,
  ])
  return Number(rows[0]?.count)
}
