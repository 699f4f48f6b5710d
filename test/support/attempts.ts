import { counterKey } from '../../src/limits/counter-key.ts'
import { sql } from './database.ts'
import { type OwnWorker, ownWorker } from './own-worker.ts'
import { env, send, someAddress } from './worker.ts'

type Sender = Pick<OwnWorker, 'send'>

/** An email that nobody has an account with. */
export const someEmail = () => `nobody-${crypto.randomUUID()}@example.com`

/** Posts to `/api/auth`, from that address. */
export const postFrom = (
  address: string,
  path: string,
  body: object,
  headers: Record<string, string> = {},
  { send: through }: Sender = { send },
): Promise<Response> =>
  through(`/api/auth${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'cf-connecting-ip': address, ...headers },
    body: JSON.stringify(body),
  })

export const signInWrongly = (email: string, address = someAddress(), headers = {}, sender?: Sender) =>
  postFrom(address, '/sign-in/email', { email, password: 'not the password' }, headers, sender)

/** A counter, by the policy's name and the subject that it counts. */
export interface Counter {
  name: string
  subject: string
}

/** Uses up what a counter allows, but for so much. */
export const useUp = async (counter: Counter, limit: number, remaining = 0) =>
  sql(
    `insert into edgewise.attempts (key, used, resets_at) values ($1, $2, now() + interval '1 hour')
     on conflict (key) do update set used = excluded.used, resets_at = excluded.resets_at`,
    [await keyOf(counter), String(limit - remaining)],
  )

/** How often that was counted in its window. */
export const usedOf = async (counter: Counter): Promise<number> => {
  const [row] = await sql('select used from edgewise.attempts where key = $1', [await keyOf(counter)])
  return Number(row?.used ?? 0)
}

/** Keeps a counter locked for so long: all who count it meanwhile wait, and go on at once. On a real Postgres. */
export const lock = async (counter: Counter, seconds: number) =>
  sql(
    `with locked as (update edgewise.attempts set used = used where key = $1 returning 1)
     select pg_sleep($2::int) from locked`,
    [await keyOf(counter), String(seconds)],
  )

/** When the window of a counter ends. */
export const endOf = async (counter: Counter) => {
  const [row] = await sql('select resets_at::text from edgewise.attempts where key = $1', [
    await keyOf(counter),
  ])
  return row?.resets_at
}

/** Lets the window of a counter end now. */
export const endWindow = async (counter: Counter) =>
  sql('update edgewise.attempts set resets_at = now() where key = $1', [await keyOf(counter)])

/** As `bytea` is written; a user's counter is made by the database, of its id alone. */
const keyOf = async ({ name, subject }: Counter): Promise<string> => {
  const bytes = name.endsWith('-user')
    ? await crypto.subtle.digest(
        'SHA-256',
        new TextEncoder().encode(`${name.slice(0, -'-user'.length)} ${subject}`),
      )
    : await counterKey(env.BETTER_AUTH_SECRET, { name, subject })
  return `\\x${Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

const FLOOD = 500
const ISOLATES = 5

/** Wrong sign-ins for one account that come at once, each from an address of its own, to several cold isolates. */
export const flood = async (email: string) => {
  const workers = Array.from({ length: ISOLATES }, () => ownWorker())
  const counted = await Promise.all(
    workers.map((worker) =>
      worker.counting(() =>
        Promise.all(
          Array.from(
            { length: FLOOD / ISOLATES },
            async () => (await signInWrongly(email, someAddress(), {}, worker)).status,
          ),
        ),
      ),
    ),
  )
  return {
    answers: tally(counted.flatMap(({ result }) => result)),
    calls: counted.reduce((sum, { calls }) => sum + calls, 0),
    attempts: FLOOD,
  }
}

/** How often each status was answered. */
export const tally = (statuses: number[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

/** The statuses of as many requests, one after the other. */
export const statusesOf = async (times: number, act: (n: number) => Promise<Response>): Promise<number[]> => {
  const statuses: number[] = []
  for (let n = 0; n < times; n++) statuses.push((await act(n)).status)
  return statuses
}
