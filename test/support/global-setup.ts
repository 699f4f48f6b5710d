import { randomBytes } from 'node:crypto'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { prepareDatabase } from '../../local/database.ts'
import { type EmbeddedPostgres, startPostgres } from '../../local/embedded-postgres.ts'
import { type NeonProcess, startNeon } from '../../local/neon-process.ts'
import { startFaultProxy } from './fault-proxy.ts'
import { startIdentityProvider } from './identity-provider.ts'
import { startMailbox } from './mailbox.ts'
import type { PrepareOptions } from './prepare.ts'

const BASE_URL = 'http://edgewise.test'

declare module 'vitest' {
  export interface ProvidedContext {
    bindings: Record<string, string>
  }
}

/** Starts what one project of workerd tests runs against: a local Neon, and a proxy in front of it. */
export default async function setup(project: TestProject) {
  const password = randomBytes(16).toString('base64url')
  const options: PrepareOptions = { password, withoutRls: project.name === 'without-rls' }
  const prepare = { module: './test/support/prepare.ts', options }

  const postgres = project.name === 'postgres' ? await startPostgres() : undefined
  if (postgres) await addFreshDatabase(postgres, password)
  const neon: NeonProcess = await startNeon({ prepare, ...(postgres && { postgresUrl: postgres.url }) })
  const proxy = await startFaultProxy(neon.port)
  const mailbox = await startMailbox()
  // The other projects are a deployment without providers.
  const identities =
    project.name === 'shipped'
      ? await startIdentityProvider([`${BASE_URL}/api/auth/callback/oidc`])
      : undefined

  const urlOf = (role: string, port: number) => `postgresql://${role}:${password}@localhost:${port}/postgres`
  project.provide('bindings', {
    BASE_URL,
    BETTER_AUTH_SECRET: randomBytes(32).toString('base64url'),
    DATABASE_URL: urlOf('edgewise_api', proxy.port),
    AUTH_DATABASE_URL: urlOf('edgewise_auth', proxy.port),
    MAIL_FROM: 'Edgewise <edgewise@example.com>',
    RESEND_API_KEY: 'a-key',
    RESEND_URL: mailbox.url,
    ...(identities && {
      OIDC_ISSUER: identities.issuer,
      OIDC_CLIENT_ID: identities.client.id,
      OIDC_CLIENT_SECRET: identities.client.secret,
      OIDC_NAME: 'Example',
    }),
    // Tests do not wait for what only hides times; those about it have a Worker of their own.
    EVEN_TIME_MS: '0',
    // For the tests' own use; the Worker does not know of them.
    OWNER_DATABASE_URL: urlOf('postgres', neon.port),
    PROJECT: project.name,
    FUZZ_RUNS: process.env.FUZZ_RUNS ?? '',
    FUZZ_SEED: process.env.FUZZ_SEED ?? '',
    COUNTER_URL: `http://localhost:${proxy.port}/calls`,
  })

  return async () => {
    await proxy.stop()
    await mailbox.stop()
    await identities?.stop()
    await neon.stop()
    await postgres?.stop()
  }
}

/** A second database, `fresh`, as after a deployment: for the one test that needs nobody to have signed in. */
const addFreshDatabase = async (postgres: EmbeddedPostgres, password: string) => {
  const client = new pg.Client(await postgres.createDatabase('fresh'))
  await client.connect()
  await prepareDatabase(client, { edgewise_api: password, edgewise_auth: password })
  await client.end()
}
