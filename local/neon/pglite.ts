import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { findAuthenticatedUser } from './authenticated-user.ts'
import { type Backend, RESET_SESSION, type Session } from './backend.ts'
import { gate } from './gate.ts'
import type { Login } from './login.ts'
import { PGliteStream } from './pglite-stream.ts'
import { Refusal, wrongPassword } from './refusal.ts'
import { matchesVerifier } from './scram.ts'

/**
 * A Postgres inside this process, its data under `folder` or, without one, in memory. It has a single session:
 * calls take turns, and each runs as its own role. It blocks the event loop while a statement runs, so a
 * statement cannot be cancelled. Throws if the folder holds no usable database.
 */
export const pgliteBackend = async (folder: string | undefined): Promise<Backend> => {
  if (folder && !existsSync(folder)) await initialize(folder)
  const pglite = await PGlite.create({ ...(folder && { dataDir: folder }), startParams: START_PARAMETERS })
  const client = new pg.Client({ stream: () => new PGliteStream(pglite) })
  await client.connect()
  const setAuthenticatedUser = await findAuthenticatedUser(pglite, client)
  await client.query(`SET SESSION AUTHORIZATION ${SUPERUSER}`)
  const checkPassword = passwordCheck()
  const turn = gate(1)

  const become = async (login: Login) => {
    const { rows } = await client.query<Account>(ACCOUNT, [login.user])
    const [account] = rows
    if (!account || !(await checkPassword(login.password, account.verifier))) throw wrongPassword(login.user)
    if (account.database !== login.database) {
      throw new Refusal(400, `database "${login.database}" does not exist`, '3D000')
    }
    if (!account.mayConnect) {
      throw new Refusal(500, `permission denied for database "${login.database}"`, '42501')
    }
    for (const setting of account.settings) {
      const [name, value] = splitSetting(setting)
      await client.query('SELECT pg_catalog.set_config($1, $2, false)', [name, value])
    }
    await client.query(`SET SESSION AUTHORIZATION ${client.escapeIdentifier(login.user)}`)
    setAuthenticatedUser(account.id)
  }

  const session: Session = {
    client,
    commit: async () => {
      await client.query('COMMIT')
    },
    abandon: () => {},
  }

  const becomeSuperuser = async () => {
    setAuthenticatedUser()
    await client.query(`ROLLBACK;SET SESSION AUTHORIZATION ${SUPERUSER};${RESET_SESSION}`)
  }

  return {
    async use(login, signal, work) {
      await turn.enter(signal)
      try {
        // While another call ran, nobody could hear that this one's client went away.
        for (let turn = 0; turn < TURNS_TO_HEAR; turn += 1) await setImmediate()
        signal.throwIfAborted()
        await become(login)
        return await work(session)
      } finally {
        // Not awaited: the caller has its answer, only the next one needs a clean session.
        void becomeSuperuser().finally(turn.leave)
      }
    },
    asSuperuser: (work) => work(client),
    async close() {
      await turn.enter(new AbortController().signal)
      await pglite.close()
    },
  }
}

/** Under another name until it is whole, so that a start that was interrupted can be tried again. */
const initialize = async (folder: string) => {
  const unfinished = `${folder}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { recursive: true })
  const pglite = await PGlite.create({ dataDir: unfinished, startParams: START_PARAMETERS })
  await pglite.close()
  renameSync(unfinished, folder)
}

/** Of the event loop: one brings in what was sent while it was blocked, the next that the sender is gone. */
const TURNS_TO_HEAR = 2

const SUPERUSER = 'postgres'

/** PGlite's own, without its leave to change system tables, and with Postgres's and Neon's usual settings. */
const START_PARAMETERS = [
  ...['--single', '-F', '-j'],
  ...[
    'exit_on_error=false',
    'search_path="$user", public',
    'timezone=GMT',
    'log_checkpoints=false',
    'io_method=sync',
    'max_worker_processes=0',
    'max_parallel_workers=0',
    'max_parallel_workers_per_gather=0',
    'max_parallel_maintenance_workers=0',
  ].flatMap((setting) => ['-c', setting]),
]

type Account = {
  id: number
  verifier: string | null
  database: string
  mayConnect: boolean
  settings: string[]
}

/**
 * A role that may log in now, and the settings its login would bring, the narrowest last. Asked by the superuser
 * with "public" in its search path: names are qualified and types exact, so that nobody can slip in their own.
 */
const ACCOUNT = `
  SELECT r.oid AS id, r.rolpassword AS verifier, d.datname AS database,
    pg_catalog.has_database_privilege(r.oid, d.oid, 'CONNECT'::text) AS "mayConnect",
    ARRAY(
      SELECT setting
      FROM pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) WITH ORDINALITY AS u (setting, place)
      WHERE s.setrole IN (0::oid, r.oid) AND s.setdatabase IN (0::oid, d.oid)
      ORDER BY s.setrole <> 0::oid, s.setdatabase <> 0::oid, place
    ) AS settings
  FROM pg_catalog.pg_authid r, pg_catalog.pg_database d
  WHERE r.rolname = $1::name AND d.datname = pg_catalog.current_database() AND r.rolcanlogin
    AND (r.rolvaliduntil IS NULL OR r.rolvaliduntil > pg_catalog.now())`

const splitSetting = (setting: string) => {
  const equals = setting.indexOf('=')
  return [setting.slice(0, equals), setting.slice(equals + 1)]
}

/** Checks a password against a verifier, and remembers what matched: the check is slow by design. */
const passwordCheck = () => {
  const matched = new Map<string, string>()
  return async (password: string, verifier: string | null) => {
    if (verifier === null) return false
    if (matched.get(verifier) === password) return true
    if (!(await matchesVerifier(password, verifier))) return false
    matched.set(verifier, password)
    return true
  }
}
