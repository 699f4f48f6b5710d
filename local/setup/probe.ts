import type { ClientBase } from 'pg'
import { postgresErrorIn, SetupFailure } from './failure.ts'
import { disable, endSession, type Person, withTwoPeople } from './probe-people.ts'

/**
 * Tries, as the Worker's two roles and with no filter of any kind, to get from one person's rows to another's.
 * Throws the sentence of the first attempt that succeeds. Leaves nothing behind.
 */
export const probeWalls = (owner: ClientBase, api: ClientBase, auth: ClientBase): Promise<void> =>
  withTwoPeople(owner, async (ada, bob) => {
    await addTask(api, ada)
    await addTask(api, bob)
    await expectOwnRowsOnly(api, ada, bob)
    await expectNothingForgeable(api, ada, bob)
    await expectRefusals('edgewise_api', api, API_MAY_NOT, ada)
    await expectRefusals('edgewise_auth', auth, AUTH_MAY_NOT)
    await expectSessionsToEnd(owner, api, ada, bob)
  })

type Attempt = [what: string, sql: string, params?: string[]]

const API_MAY_NOT: Attempt[] = [
  ['read users', 'select 1 from users'],
  ['read sessions', 'select 1 from sessions'],
  ['read accounts', 'select 1 from accounts'],
  ['read verifications', 'select 1 from verifications'],
  ['read private signing keys', 'select private_key from jwks'],
  ['read the secret of the seals', 'select value from edgewise.seal_secret'],
  ['make a seal', `select edgewise.seal('guess', 'someone')`],
  ['give its rows away', 'update tasks set user_id = gen_random_uuid()'],
  ['go round row-level security', 'set local row_security = off; select 1 from tasks'],
  ['turn row-level security off', 'alter table tasks disable row level security'],
  ['create tables', 'create table public.rls_probe ()'],
  ['create temporary tables', 'create temporary table rls_probe ()'],
  ['become edgewise_auth', 'set local role edgewise_auth'],
]

const AUTH_MAY_NOT: Attempt[] = [
  ['read tasks', 'select 1 from tasks'],
  ['delete tasks', 'delete from tasks'],
  ['enable and disable users', 'update users set disabled_at = null where false'],
  ['act for a user', 'select edgewise.begin_request(gen_random_uuid(), gen_random_uuid())'],
  ['read the secret of the seals', 'select value from edgewise.seal_secret'],
  ['create tables', 'create table public.rls_probe ()'],
  ['become edgewise_api', 'set local role edgewise_api'],
]

const addTask = async (api: ClientBase, person: Person) => {
  await begin(api, person)
  await api.query(INSERT, [person.userId, person.taskId])
  await api.query('commit')
}

const INSERT = `insert into tasks (user_id, id, title) values ($1, $2, 'RLS probe')`

/** Looks before it writes, so that a wall that is down costs no stranger a lock on his rows. */
const expectOwnRowsOnly = async (api: ClientBase, ada: Person, bob: Person) => {
  await inTransaction(api, ada, async () => {
    const seen = await ownersSeen(api)
    hold(seen.join() === ada.userId, 'a user can see the rows of others')
    const { rows } = await api.query<{ id: string }>('select id from edgewise.my_profile()')
    hold(rows.map(({ id }) => id).join() === ada.userId, 'a user can read the profiles of others')
    const aimed = 'where user_id = $1 and id = $2'
    for (const deed of [`update tasks set title = 'taken' ${aimed}`, `delete from tasks ${aimed}`]) {
      const { rowCount } = await api.query(deed, [bob.userId, bob.taskId])
      hold(rowCount === 0, 'a user can write to the rows of others')
    }
    for (const deed of [`update tasks set title = 'taken'`, 'delete from tasks']) {
      hold(
        (await api.query(deed)).rowCount === 1,
        'a statement without a filter writes to the rows of others',
      )
    }
  })
  const insertion: Attempt = ['add rows for another user', INSERT, [bob.userId, crypto.randomUUID()]]
  await expectRefusals('edgewise_api', api, [insertion], ada)
}

/** Claims that nobody vouched for must count for nothing: bare, with a made-up seal, or with a used one. */
const expectNothingForgeable = async (api: ClientBase, ada: Person, bob: Person) => {
  const used = await inTransaction(api, bob, async () => {
    const { rows } = await api.query<{ claim: string }>(`select current_setting('app.principal') as claim`)
    return rows[0]?.claim ?? ''
  })
  const claims = ['', bob.userId, `${bob.userId}:${'0'.repeat(64)}`, used]
  for (const opener of [undefined, ada]) {
    for (const claim of claims) {
      await inTransaction(api, opener, async () => {
        if (claim || opener) await api.query(`select set_config('app.principal', $1, true)`, [claim])
        hold((await ownersSeen(api)).length === 0, 'the data role can act for a user without a live session')
      })
    }
  }
  const insertion: Attempt = ['add rows without a session', INSERT, [bob.userId, crypto.randomUUID()]]
  await expectRefusals('edgewise_api', api, [insertion])
}

const expectSessionsToEnd = async (owner: ClientBase, api: ClientBase, ada: Person, bob: Person) => {
  const { sessionId } = bob
  await expectNoEntry(api, { ...ada, sessionId }, "a user can act in another's session")
  await expectNoEntry(api, { ...ada, sessionId: crypto.randomUUID() }, 'a user can act without a session')
  await endSession(owner, ada)
  await expectNoEntry(api, ada, 'a session lives on after its end')
  await disable(owner, bob)
  await expectNoEntry(api, bob, 'a disabled user can still act')
}

const expectNoEntry = (api: ClientBase, person: Person, breach: string) =>
  inTransaction(api, undefined, async () => {
    hold((await codeOf(open(api, person))) === NO_LIVE_SESSION, breach)
  })

const expectRefusals = async (role: string, client: ClientBase, attempts: Attempt[], person?: Person) => {
  for (const [what, sql, params] of attempts) {
    await inTransaction(client, person, async () => {
      const code = await codeOf(client.query(sql, params))
      hold(
        code === INSUFFICIENT_PRIVILEGE,
        `${role} can ${what}${code ? ` or fails otherwise (${code})` : ''}`,
      )
    })
  }
}

const NO_LIVE_SESSION = '28000'
const INSUFFICIENT_PRIVILEGE = '42501'

const ownersSeen = async (api: ClientBase): Promise<string[]> => {
  const { rows } = await api.query<{ user_id: string }>('select distinct user_id from tasks limit 2')
  return rows.map(({ user_id }) => user_id)
}

/** Runs `work` in a transaction, opened for that person if one is given, of which nothing stays. */
const inTransaction = async <T>(
  client: ClientBase,
  person: Person | undefined,
  work: () => Promise<T>,
): Promise<T> => {
  await (person ? begin(client, person) : client.query('begin'))
  try {
    return await work()
  } finally {
    await client.query('rollback')
  }
}

const begin = async (client: ClientBase, person: Person) => {
  await client.query('begin')
  await open(client, person)
}

const open = (client: ClientBase, { userId, sessionId }: Person) =>
  client.query('select edgewise.begin_request($1, $2)', [userId, sessionId])

const codeOf = (attempt: Promise<unknown>): Promise<string | undefined> =>
  attempt.then(
    () => undefined,
    (error: unknown) => postgresErrorIn(error)?.code ?? 'unknown',
  )

const hold = (holds: boolean, breach: string) => {
  if (!holds) throw new SetupFailure(`The walls do not hold: ${breach}.`)
}
