import { randomBytes } from 'node:crypto'
import { createWriteStream, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { RolePasswords } from '../../../local/database.ts'
import { freePort } from '../../../local/free-port.ts'
import { startNeon } from '../../../local/neon-process.ts'
import { newWorkingCopy, runDev } from '../../support/dev-command.ts'
import { startFaultProxy } from '../../support/fault-proxy.ts'
import { startIdentityProvider } from '../../support/identity-provider.ts'
import { findChromium } from './chromium.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    server: {
      /** Of the pages and of the API. */
      baseUrl: string
      /** A file with what `npm run dev` has printed so far: its mails are there. */
      output: string
      /** Where faults are ordered for the calls that name a person: `PUT <faults>/<user id>`. */
      faults: string
      /** Somebody else whom the app lets people sign in with. */
      issuer: string
    }
  }
}

/** Runs `npm run dev` in a working copy of its own, with a proxy between it and its database, for all the tests. */
export default async function setup(project: TestProject) {
  assertChromium()
  const passwords: RolePasswords = { edgewise_api: randomPassword(), edgewise_auth: randomPassword() }
  const neon = await startNeon({ prepare: { module: resolve('local/database.ts'), options: passwords } })
  const proxy = await startFaultProxy(neon.port, { channelOf: (_, body) => userIn(body) })
  const folder = newWorkingCopy()
  const port = await freePort()
  const identities = await startIdentityProvider([`http://localhost:${port}/api/auth/callback/oidc`])
  const urlOf = (role: keyof RolePasswords) =>
    `postgresql://${role}:${passwords[role]}@localhost:${proxy.port}/postgres`
  writeFileSync(
    join(folder, '.dev.vars'),
    Object.entries({
      DATABASE_URL: urlOf('edgewise_api'),
      AUTH_DATABASE_URL: urlOf('edgewise_auth'),
      BETTER_AUTH_SECRET: randomPassword(),
      OIDC_ISSUER: identities.issuer,
      OIDC_CLIENT_ID: identities.client.id,
      OIDC_CLIENT_SECRET: identities.client.secret,
      OIDC_NAME: 'Example',
      // Nobody waits here for what only hides times.
      EVEN_TIME_MS: '0',
      // Long enough for a busy machine, and short enough to see a database that is out of reach.
      DATABASE_DEADLINE_MS: '2000',
    })
      .map(([name, value]) => `${name}="${value}"`)
      .join('\n'),
  )

  const output = join(folder, 'output.txt')
  const written = createWriteStream(output)
  const dev = runDev(folder, { PORT: String(port) }, (chunk) => written.write(chunk))
  const stop = async () => {
    await dev.interrupt()
    await identities.stop()
    await proxy.stop()
    await neon.stop()
    written.end()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await dev.says('Try it')
  } catch (error) {
    await stop()
    throw error
  }
  project.provide('server', {
    baseUrl: `http://localhost:${port}`,
    output,
    faults: `http://127.0.0.1:${proxy.port}/channels`,
    issuer: identities.issuer,
  })
  return stop
}

/** Where there is none, the sentence that says so is all there is to read. */
const assertChromium = () => {
  try {
    findChromium()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}

const randomPassword = (): string => randomBytes(24).toString('base64url')

/** Each call of the data role is opened for somebody: reads, writes and trials alike. */
const userIn = (body: Buffer): string => {
  const { queries: [opening] = [] }: { queries?: { query: string; params: unknown[] }[] } = JSON.parse(
    String(body),
  )
  return opening?.query.startsWith('select edgewise.begin_') ? String(opening.params[0]) : ''
}
