import { execFile } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { freePort } from '../../local/free-port.ts'
import { newWorkingCopy, runDev } from '../support/dev-command.ts'

const run = promisify(execFile)
const folder = newWorkingCopy()
/** A project of somebody else's, with the package and what it asks for. */
const project = join(folder, 'project')

beforeAll(async () => {
  const [tools, packages] = [resolve('node_modules/.bin'), join(project, 'node_modules')]
  mkdirSync(packages, { recursive: true })
  const env = { ...process.env, PATH: `${tools}:${process.env.PATH}` }
  await run(process.execPath, ['local/build-client.ts'], { env })
  const { stdout } = await run('npm', ['pack', './client', '--json', '--pack-destination', folder], { env })
  const [{ filename }]: [{ filename: string }] = JSON.parse(stdout)
  await run('tar', ['-xzf', join(folder, filename), '-C', packages])
  symlinkSync(join(packages, 'package'), join(packages, 'edgewise-client'))
  symlinkSync(resolve('node_modules/hono'), join(packages, 'hono'))
  writeFileSync(join(project, 'package.json'), '{"type":"module"}')
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const TYPED = `
import { createEdgewise, type Task } from 'edgewise-client'

type IsAny<T> = 0 extends 1 & T ? true : false
const edgewise = createEdgewise({ baseUrl: 'http://localhost:1' })

export const areAny: [IsAny<Awaited<ReturnType<typeof edgewise.tasks.add>>>, IsAny<Task['due']>] = [false, false]

export const id = async (): Promise<string> => {
  const added = await edgewise.tasks.add({ title: 'Buy milk', due: { date: '2026-12-01' } })
  // @ts-expect-error A title is text.
  await edgewise.tasks.add({ title: 1 })
  // @ts-expect-error There is no such field.
  await edgewise.tasks.change(added.id, { colour: 'red' })
  // @ts-expect-error There is no such answer.
  added.owner
  return added.id
}`

const USED = `
import { createEdgewise, EdgewiseError } from 'edgewise-client'

const [baseUrl, sessionToken] = process.argv.slice(2)
const edgewise = createEdgewise({ baseUrl, sessionToken })
await edgewise.tasks.add({ title: 'Buy milk' })
const titles = []
for await (const { title } of edgewise.tasks.all()) titles.push(title)
const code = await edgewise.tasks.get(crypto.randomUUID()).catch((error) => error instanceof EdgewiseError && error.code)
console.log(JSON.stringify({ titles, code }))`

describe('the package of the client', () => {
  it('is typed for whoever installs it', async ({ expect }) => {
    writeFileSync(join(project, 'typed.ts'), TYPED)
    for (const [module, resolution] of [
      ['nodenext', 'nodenext'],
      ['esnext', 'bundler'],
    ]) {
      const options = ['--module', module, '--moduleResolution', resolution, '--lib', 'esnext,dom'].map(
        String,
      )
      const checked = run(
        resolve('node_modules/.bin/tsc'),
        ['--noEmit', '--strict', '--types', '', ...options, 'typed.ts'],
        {
          cwd: project,
        },
      ).catch(({ stdout }: { stdout: string }) => ({ stdout }))
      expect((await checked).stdout).toBe('')
    }
  })

  it('works in Node against npm run dev', async ({ expect }) => {
    const port = await freePort()
    const baseUrl = `http://localhost:${port}`
    const dev = runDev(folder, { PORT: String(port), EDGEWISE_DATA: 'memory' })
    await dev.says('Try it')
    const post = (path: string, body: object) =>
      fetch(`${baseUrl}/api/auth/${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    const account = { email: 'ada@example.com', password: 'correct horse battery' }
    await post('sign-up/email', { name: 'Ada', ...account })
    const [, token] = /\/verify-email\?token=(\S+)\n/.exec(await dev.says('If you did not ask')) ?? []
    await fetch(`${baseUrl}/api/auth/verify-email?token=${token}`)
    const session: { token: string } = JSON.parse(await (await post('sign-in/email', account)).text())

    writeFileSync(join(project, 'used.js'), USED)
    const { stdout } = await run(process.execPath, ['used.js', baseUrl, session.token], { cwd: project })
    expect(JSON.parse(stdout)).toEqual({ titles: ['Buy milk'], code: 'not_found' })
    expect(await dev.interrupt()).toEqual([])
  })
})
