import { MAIL_TO_NOWHERE, newSecret, type Stage } from './stage.ts'
import { median, percentile } from './statistics.ts'
import { buildConfig, startWorker } from './workerd.ts'

/** What asks the same of an address that has an account and of one that has none. */
interface Question {
  name: string
  path: string
  body: (email: string) => object
}

export interface Timing {
  question: string
  tries: number
  knownMs: number[]
  unknownMs: number[]
}

const BASE_URL = 'http://edgewise.test'
const PASSWORD = 'correct horse battery'
/** Few: hashing takes turns in one isolate, and what waits for its turn says nothing. */
const IN_FLIGHT = 4
const TRIES = { full: 500, quick: 60 }

const QUESTIONS: Question[] = [
  {
    name: 'sign-up',
    path: 'sign-up/email',
    body: (email) => ({ name: 'Ada', email, password: 'another password' }),
  },
  {
    name: 'sign-in, wrong password',
    path: 'sign-in/email',
    body: (email) => ({ email, password: 'not the password' }),
  },
  { name: 'reset', path: 'request-password-reset', body: (email) => ({ email }) },
]

/**
 * How long the sign-in side takes for an address with an account and for one without, taking turns, at the
 * Worker as deployed. Each try has an address and a client of its own, so that no limit is met.
 */
export const measureTiming = async (stage: Stage, { quick }: { quick: boolean }): Promise<Timing[]> => {
  const config = await buildConfig('src/index.ts', await stage.newFolder('timing'), {
    DATABASE_URL: stage.urls.api,
    AUTH_DATABASE_URL: stage.urls.auth,
    BETTER_AUTH_SECRET: newSecret(),
    ...MAIL_TO_NOWHERE,
    BASE_URL,
  })
  const worker = await startWorker(config)
  stage.onStrike(worker.stop)
  const ask = asker(worker.origin)
  const tries = quick ? TRIES.quick : TRIES.full
  await ask(
    { name: '', path: 'sign-up/email', body: (email) => ({ name: 'Ada', email, password: PASSWORD }) },
    'first',
  )
  await addKnownPeople(stage, tries)

  const timings: Timing[] = []
  for (const question of QUESTIONS) {
    const knownMs: number[] = []
    const unknownMs: number[] = []
    let next = 0
    const askInTurns = async () => {
      while (next < tries) {
        const n = next
        next += 1
        knownMs.push(await ask(question, `known-${n}`))
        unknownMs.push(await ask(question, `${question.path.replaceAll('/', '-')}-${n}`))
      }
    }
    await Promise.all(Array.from({ length: IN_FLIGHT }, askInTurns))
    timings.push({ question: question.name, tries, knownMs, unknownMs })
  }
  return timings
}

/** The figures as a table: medians, their difference, and the spread that it is to be seen against. */
export const timingTable = (timings: Timing[]) =>
  Object.fromEntries(
    timings.map(({ question, tries, knownMs, unknownMs }) => [
      question,
      {
        tries,
        'account, p50 ms': Number(median(knownMs).toFixed(1)),
        'none, p50 ms': Number(median(unknownMs).toFixed(1)),
        difference: `${(100 * (median(knownMs) / median(unknownMs) - 1)).toFixed(2)} %`,
        'account, p95 ms': Number(percentile(knownMs, 95).toFixed(1)),
        'none, p95 ms': Number(percentile(unknownMs, 95).toFixed(1)),
      },
    ]),
  )

/** Whether no median differs by 5 % or more. */
export const tellsNothing = (timings: Timing[]): boolean =>
  timings.every(({ knownMs, unknownMs }) => Math.abs(median(knownMs) / median(unknownMs) - 1) < 0.05)

const asker = (origin: string) => {
  let client = 0
  return async ({ path, body }: Question, name: string): Promise<number> => {
    client += 1
    const address = `198.18.${(client >> 8) % 256}.${client % 256}`
    const startedAt = performance.now()
    const answer = await fetch(`${origin}/api/auth/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: BASE_URL, 'CF-Connecting-IP': address },
      body: JSON.stringify(body(`${name}@example.com`)),
    })
    await answer.text()
    const tookMs = performance.now() - startedAt
    if (answer.status !== 200 && answer.status !== 401) throw new Error(`${path} answered ${answer.status}`)
    return tookMs
  }
}

/** People with the password hash of the one who signed up. */
const addKnownPeople = async ({ client }: Stage, count: number) => {
  await client.query(
    `insert into users (id, name, email, email_verified)
     select gen_random_uuid(), 'Ada', 'known-' || n || '@example.com', true from generate_series(0, $1::int - 1) n`,
    [count],
  )
  await client.query(
    `insert into accounts (id, user_id, account_id, provider_id, password)
     select gen_random_uuid(), known.id, known.id, 'credential', password
     from accounts, users known where known.email like 'known-%'`,
  )
  await client.query('vacuum analyze')
}
