import { setTimeout as wait } from 'node:timers/promises'
import type { ClientBase } from 'pg'
import { applyMigrations, type RolePasswords, type WorkerRole } from './database.ts'
import { asRole, saysWrongPassword } from './setup/connection.ts'
import { intendedFacts } from './setup/facts.ts'
import { postgresErrorIn, SetupFailure } from './setup/failure.ts'
import { instructionsFor } from './setup/instructions.ts'
import { type Address, readOwnerUrl } from './setup/owner-url.ts'
import { probeWalls } from './setup/probe.ts'
import { assertRestricted, rotatePasswords } from './setup/roles.ts'
import { connectedTo, lock } from './setup/server.ts'
import { assertAsIntended, assertNoBreaches } from './setup/walls.ts'

const USAGE = `npm run db:setup                          with the connection string in OWNER_DATABASE_URL
npm run db:setup -- 'postgresql://…'      with it as an argument

Migrates the database, gives the Worker's two roles new passwords, checks that they are kept to what is
theirs, and prints the lines that make them the Worker's secrets. It can be run again at any time.

The connection string is the owner's, from the Neon console. What is typed on a command line, an argument
above all, stays in the shell's history; this does not:

  read -rs OWNER_DATABASE_URL && export OWNER_DATABASE_URL && npm run db:setup`

const main = async () => {
  const [argument, ...others] = process.argv.slice(2)
  if (argument === '--help' || argument === '-h') return console.log(USAGE)
  const text = argument ?? process.env.OWNER_DATABASE_URL
  if (!text) throw new SetupFailure('OWNER_DATABASE_URL is not set; --help says how to give it.')
  if (others.length > 0) throw new SetupFailure('One argument is enough: the connection string, in quotes.')

  const { address, login, wasPooled } = readOwnerUrl(text)
  if (wasPooled) console.log(`Migrations need Neon's direct host, so -pooler is left out: ${address.host}`)
  const passwords = await asRole(address, login, (owner) => setUp(owner, address))
  console.log(instructionsFor(address, passwords))
}

const setUp = async (owner: ClientBase, address: Address): Promise<RolePasswords> => {
  console.log(await connectedTo(owner, address))
  await lock(owner)
  await assertRestricted(owner)
  await migrate(owner)
  console.log('The migrations are applied.')

  await assertRestricted(owner)
  await assertNoBreaches(owner)
  await assertAsIntended(owner, await intendedFacts())
  console.log('Tables, policies, functions and rights are as the migrations make them.')

  const passwords = await rotatePasswords(owner)
  console.log('edgewise_api and edgewise_auth have new passwords.')
  try {
    await probe(owner, address, passwords)
  } catch (error) {
    const { message } = asFailure(error)
    throw new SetupFailure(`${message} The passwords have been changed: run this again once that is mended.`)
  }
  console.log('Logged in as each of them, neither reaches what is not its own.')
  return passwords
}

/** Whatever path the owner has: tables go to `public`, and the checks call none but Postgres's own functions. */
const migrate = async (owner: ClientBase) => {
  try {
    await owner.query('set search_path = public')
    await applyMigrations(owner)
    await owner.query('set search_path = pg_catalog')
  } catch (error) {
    throw new SetupFailure(`The migrations failed and were undone: ${asFailure(error).message}`)
  }
}

const probe = (owner: ClientBase, address: Address, passwords: RolePasswords) =>
  asWorkerRole(address, 'edgewise_api', passwords, (api) =>
    asWorkerRole(address, 'edgewise_auth', passwords, (auth) => probeWalls(owner, api, auth)),
  )

/** How long Neon's proxy may go on with a password that it has kept. */
const NEW_PASSWORD_DEADLINE_MS = 30_000
const NEW_PASSWORD_PAUSE_MS = 1_000

const asWorkerRole = async (
  address: Address,
  user: WorkerRole,
  passwords: RolePasswords,
  work: (client: ClientBase) => Promise<void>,
) => {
  const login = { user, password: passwords[user] }
  const deadline = Date.now() + NEW_PASSWORD_DEADLINE_MS
  for (;;) {
    try {
      return await asRole(address, login, work)
    } catch (error) {
      if (!saysWrongPassword(error) || Date.now() > deadline) throw error
      await wait(NEW_PASSWORD_PAUSE_MS)
    }
  }
}

/** A failure as a sentence: what Postgres says of it, but never the statement, which may hold a password. */
const asFailure = (error: unknown): SetupFailure => {
  if (error instanceof SetupFailure) return error
  const { code, message } = postgresErrorIn(error) ?? { code: 'unexpected', message: 'something went wrong' }
  return new SetupFailure(`${message} (${code}).`)
}

main().catch((error: unknown) => {
  console.error(asFailure(error).message)
  process.exitCode = 1
})
