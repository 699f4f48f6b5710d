import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, it } from 'vitest'
import { CURL_SESSION, curlSignUp } from '../../local/dev/announce.ts'
import { freePort } from '../../local/free-port.ts'
import { startNeon } from '../../local/neon-process.ts'
import { type Dev, newWorkingCopy, runDev } from '../support/dev-command.ts'
import { pathWithCurl } from './support/curl.ts'

const folder = newWorkingCopy()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const dev = (env: Record<string, string>) => runDev(folder, env)

const inShell = (script: string) => {
  const env = { ...process.env, PATH: pathWithCurl(folder) }
  return promisify(execFile)('sh', ['-eu', '-c', script], { env })
}

/** Pastes what `npm run dev` prints into a shell, and does with the mail that it shows what its link does. */
const signUp = async (running: Dev, baseUrl: string) => {
  await inShell(curlSignUp(baseUrl))
  const [, token] = /\/verify-email\?token=(\S+)\n/.exec(await running.says('If you did not ask')) ?? []
  const answer = await fetch(`${baseUrl}/api/auth/verify-email?token=${token}`)
  if (!answer.ok) throw new Error(`the link answered ${answer.status}`)
}

/** The rest of the session, whose last line is the list of tasks. */
const paste = async (baseUrl: string): Promise<{ items: { title: string }[] }> => {
  const { stdout } = await inShell(`BASE=${baseUrl}\n${CURL_SESSION}`)
  return JSON.parse(stdout.slice(stdout.lastIndexOf('{"items"')))
}

describe('npm run dev', () => {
  it('prints where it is, where the data lie and a session that works; tasks outlive a restart', async ({
    expect,
  }) => {
    const port = await freePort()
    const baseUrl = `http://localhost:${port}`
    const env = { PORT: String(port), EDGEWISE_DATA: join(folder, 'kept') }

    const first = dev(env)
    const said = await first.says('Try it')
    expect(said).toContain(`Edgewise runs at ${baseUrl} `)
    expect(said).toContain(env.EDGEWISE_DATA)
    await first.says('/v1/tasks -H "Authorization: Bearer $TOKEN"\n')
    await first.says('{"upkeep":{"tasks":0,')
    await signUp(first, baseUrl)
    expect((await paste(baseUrl)).items).toMatchObject([{ title: 'Buy milk' }])

    const page = await fetch(baseUrl)
    expect([page.status, await page.text()]).toEqual([
      200,
      expect.stringContaining('<title>Edgewise</title>'),
    ])
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self';")
    expect(await (await fetch(`${baseUrl}/docs`)).text()).toContain('<title>Edgewise API')
    expect(await (await fetch(`${baseUrl}/openapi.json`)).json()).toMatchObject({ openapi: '3.1.0' })
    for (const path of ['/health', '/health/ready'])
      expect(await (await fetch(`${baseUrl}${path}`)).json()).toEqual({ status: 'ok' })
    expect((await fetch(`${baseUrl}/v1/nowhere`)).headers.get('content-type')).toBe(
      'application/problem+json',
    )
    expect(await (await fetch(`${baseUrl}/nowhere`)).text()).toContain('<div id="root">')

    const rival = dev({ ...env, PORT: String(await freePort()) })
    expect(await rival.exited).toBe(1)
    expect(rival.output()).toMatch(/^Edgewise is starting …\nThe data folder .* is in use by another .*\n$/)

    expect(await first.interrupt()).toEqual([])
    await expect(fetch(`${baseUrl}/health`)).rejects.toThrow()

    const second = dev(env)
    await second.says('Try it')
    expect((await paste(baseUrl)).items).toMatchObject([{ title: 'Buy milk' }, { title: 'Buy milk' }])
    expect(await second.interrupt()).toEqual([])
  })

  it('serves the pages that links in mails open, and lets them load and tell nothing elsewhere', async ({
    expect,
  }) => {
    const port = await freePort()
    const running = dev({ PORT: String(port), EDGEWISE_DATA: 'memory' })
    await running.says('Try it')
    for (const [path, title] of [
      ['/verify-email', 'Confirm your address'],
      ['/reset-password', 'Choose a new password'],
    ]) {
      const address = `http://localhost:${port}${path}?token=secret`
      const page = await fetch(address)
      const text = await page.text()
      expect([page.url, page.status]).toEqual([address, 200])
      expect(text).toContain(`<title>${title} · Edgewise</title>`)
      expect(text).not.toMatch(/<script>|<style|style=| on\w+=|https?:/)
      const headers = Object.fromEntries(page.headers)
      expect(headers).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; .*frame-ancestors 'none'/,
      )
      expect(headers['content-security-policy']).not.toContain('unsafe')
      for (const [, asset] of text.matchAll(/(?:src|href)="(\/pages\/[^"]+)"/g)) {
        const answer = await fetch(`http://localhost:${port}${asset}`)
        // Not for good: a file that is not there would be the app's page, and kept as that.
        expect([answer.status, answer.headers.get('cache-control')]).toEqual([
          200,
          'public, max-age=0, must-revalidate',
        ])
      }
    }
    expect(await running.interrupt()).toEqual([])
  })

  it('keeps nothing with EDGEWISE_DATA=memory', async ({ expect }) => {
    const port = await freePort()
    for (const _ of [1, 2]) {
      const running = dev({ PORT: String(port), EDGEWISE_DATA: 'memory' })
      await running.says('Try it')
      await signUp(running, `http://localhost:${port}`)
      expect((await paste(`http://localhost:${port}`)).items).toHaveLength(1)
      expect(await running.interrupt()).toEqual([])
    }
  })

  it('says in one sentence that a port is taken', async ({ expect }) => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = address && typeof address === 'object' ? address.port : 0
    const running = dev({ PORT: String(port), EDGEWISE_DATA: 'memory' })
    expect(await running.exited).toBe(1)
    expect(running.output()).toBe(
      `Port ${port} is in use; choose another one: PORT=${port + 1} npm run dev\n`,
    )
    server.close()
  })

  it.for([
    [{ PORT: 'many' }, 'PORT must be a number from 1 to 65535, not "many".\n'],
    [
      { EDGEWISE_DATA: '/dev/null/edgewise' },
      /^The data folder \/dev\/null\/edgewise cannot be used \(ENOTDIR\); .*\n$/,
    ],
  ] as const)('says in one sentence what is wrong with %j', async ([env, sentence], { expect }) => {
    const running = dev({ PORT: String(await freePort()), EDGEWISE_DATA: 'memory', ...env })
    expect(await running.exited).toBe(1)
    expect(running.output()).toMatch(sentence)
  })

  it('says in one sentence that a data folder is broken', async ({ expect }) => {
    const broken = join(folder, 'broken')
    const port = String(await freePort())
    const first = dev({ PORT: port, EDGEWISE_DATA: broken })
    await first.says('Try it')
    await first.interrupt()
    writeFileSync(join(broken, 'pgdata', 'global', 'pg_control'), 'not what it was')

    const second = dev({ PORT: port, EDGEWISE_DATA: broken })
    expect(await second.exited).toBe(1)
    expect(second.output()).toMatch(
      /^Edgewise is starting …\nThe data folder .* holds no usable database .*\n$/,
    )
  })
})

describe('a .dev.vars', () => {
  const devVars = join(folder, '.dev.vars')
  afterAll(() => rmSync(devVars, { force: true }))

  it('made from the example runs the Worker against the database that it names', async ({ expect }) => {
    const passwords = { edgewise_api: 'a-password-of-ours', edgewise_auth: 'another-password' }
    const prepare = { module: 'local/database.ts', options: passwords }
    const neon = await startNeon({ prepare })
    const url = (role: keyof typeof passwords) =>
      `postgresql://${role}:${passwords[role]}@localhost:${neon.port}/postgres?sslmode=require`
    writeFileSync(
      devVars,
      readFileSync('.dev.vars.example', 'utf8')
        .replace(/^DATABASE_URL=.*$/m, `DATABASE_URL="${url('edgewise_api')}"`)
        .replace(/^AUTH_DATABASE_URL=.*$/m, `AUTH_DATABASE_URL="${url('edgewise_auth')}"`)
        .replace(/^BETTER_AUTH_SECRET=.*$/m, 'BETTER_AUTH_SECRET="a secret of at least 32 characters"'),
    )
    const port = await freePort()
    const running = dev({ PORT: String(port) })
    expect(await running.says('Try it')).toContain('Its data are in Neon, as .dev.vars says.')
    await signUp(running, `http://localhost:${port}`)
    expect((await paste(`http://localhost:${port}`)).items).toMatchObject([{ title: 'Buy milk' }])
    expect(await running.interrupt()).toEqual([])
    await neon.stop()
  })

  it('without a secret is one clear sentence', async ({ expect }) => {
    copyFileSync('.dev.vars.example', devVars)
    const running = dev({ PORT: String(await freePort()) })
    expect(await running.exited).toBe(1)
    expect(running.output()).toBe(
      '.dev.vars names a Neon database but not BETTER_AUTH_SECRET; see .dev.vars.example.\n',
    )
  })
})

describe('the README', () => {
  it('shows the session that npm run dev prints', ({ expect }) => {
    const readme = readFileSync('README.md', 'utf8')
    for (const part of [curlSignUp('http://localhost:8787'), CURL_SESSION]) expect(readme).toContain(part)
  })
})

/** Something for the guide to import, in the folder where it is read. */
const FILES = {
  'tasks.ics':
    'BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:milk\r\nSUMMARY:Buy milk\r\nEND:VTODO\r\nEND:VCALENDAR\r\n',
  'Home.csv': 'TYPE,CONTENT,PRIORITY,INDENT\r\ntask,Buy milk @errand,1,1\r\n',
}

/** Some fifty calls, each with a process of its own. */
const TOUR_MS = 180_000

/** A curl that takes down what was refused; undefined where there is no curl. */
const strictCurl = (folder: string): string | undefined => {
  const path = pathWithCurl(folder).split(delimiter)
  const curl = path.map((directory) => join(directory, 'curl')).find((file) => existsSync(file))
  if (!curl || curl.startsWith(folder)) return undefined
  const bin = join(folder, 'strict')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'curl'), `#!/bin/sh\n${curl} -f "$@" || echo "$@" >> refused\n`, {
    mode: 0o755,
  })
  return [bin, ...path].join(delimiter)
}

describe('docs/api.md', () => {
  const PATH = strictCurl(folder)

  it.skipIf(PATH === undefined)(
    'shows calls that all do what it says, one after the other',
    async ({ expect }) => {
      const port = await freePort()
      const BASE = `http://localhost:${port}`
      const running = dev({ PORT: String(port), EDGEWISE_DATA: 'memory' })
      await running.says('Try it')
      await signUp(running, BASE)
      const signIn = CURL_SESSION.slice(0, CURL_SESSION.indexOf('TOKEN='))
      const calls = [...readFileSync('docs/api.md', 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)]
        .map(([, block = '']) => block)
        // The first are done: they say where it is, and sign up.
        .slice(2)
        // Who changes the password ends the session that the rest goes on with.
        .filter((block) => !block.includes('change-password'))
      const cwd = join(folder, 'guide')
      mkdirSync(cwd)
      for (const [name, text] of Object.entries(FILES)) writeFileSync(join(cwd, name), text)

      const script = [signIn, ...calls].join('\n')
      const env = { ...process.env, PATH, BASE }
      await promisify(execFile)('sh', ['-euc', script], { cwd, env })

      expect(existsSync(join(cwd, 'refused')) && readFileSync(join(cwd, 'refused'), 'utf8')).toBe(false)
      expect(calls.length).toBeGreaterThan(15)
      expect(JSON.parse(readFileSync(join(cwd, 'edgewise-1.json'), 'utf8'))).toMatchObject({
        format: 'edgewise',
      })
      expect(await running.interrupt()).toEqual([])
    },
    TOUR_MS,
  )
})
