import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { neon } from '@neondatabase/serverless'
import { afterEach, beforeEach, describe, it } from 'vitest'
import { type NeonOptions, startNeon } from '../../local/neon-process.ts'
import { failureOf, PREPARE } from './support/neons.ts'

const SERVER = fileURLToPath(new URL('../../local/neon-server.ts', import.meta.url))
const PROCESS = new URL('../../local/neon-process.ts', import.meta.url).href
const FAILING = fileURLToPath(new URL('./support/failing-prepare.ts', import.meta.url))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'edgewise-test-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const driver = (port: number) => neon(`postgres://ada:ada@localhost:${port}/postgres`)

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const endOf = async (pid: number) => {
  for (let tries = 0; tries < 200 && isAlive(pid); tries += 1) await sleep(25)
  return !isAlive(pid)
}

const complaintOf = async (options: NeonOptions) => (await failureOf(startNeon(options))).message

describe('the local Neon as a process', { timeout: 90_000 }, () => {
  it('keeps its data from one start to the next, and gives the folder back', async ({ expect }) => {
    const first = await startNeon({ dataDir: folder, prepare: { module: PREPARE } })
    await driver(first.port)`INSERT INTO items VALUES (1, 'kept')`
    expect(readFileSync(join(folder, 'server.pid'), 'utf8')).toBe(String(first.pid))
    await first.stop()
    expect(await first.exited).toBe(0)
    expect(existsSync(join(folder, 'server.pid'))).toBe(false)

    const second = await startNeon({ dataDir: folder })
    expect(await driver(second.port)`SELECT name FROM items`).toEqual([{ name: 'kept' }])
    expect(await complaintOf({ dataDir: folder })).toBe(
      `The data folder ${folder} is in use by another running instance (process ${second.pid}).`,
    )
    process.kill(second.pid, 'SIGKILL')
    await second.exited

    const third = await startNeon({ dataDir: folder })
    expect(await driver(third.port)`SELECT name FROM items`).toEqual([{ name: 'kept' }])
    await third.stop()
  })

  it('starts afresh where a first start was interrupted', async ({ expect }) => {
    const interrupted = spawn(process.execPath, [SERVER, '--data', folder], { stdio: 'ignore' })
    const ended = once(interrupted, 'exit')
    while (!existsSync(join(folder, 'pgdata.new', 'PG_VERSION'))) await sleep(10)
    interrupted.kill('SIGKILL')
    await ended
    expect(existsSync(join(folder, 'pgdata'))).toBe(false)

    const second = await startNeon({ dataDir: folder, prepare: { module: PREPARE } })
    expect(await driver(second.port)`SELECT 1 AS one`).toEqual([{ one: 1 }])
    await second.stop()
  })

  it('names a port that is taken', async ({ expect }) => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const address = squatter.address()
    const port = typeof address === 'object' && address ? address.port : 0
    expect(await complaintOf({ port })).toBe(`Port ${port} on 127.0.0.1 is already taken.`)
    squatter.close()
  })

  it('names a data folder that is a file, and one that holds something else', async ({ expect }) => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    expect(await complaintOf({ dataDir: file })).toBe(`The data folder ${file} cannot be used (EEXIST).`)
    const corrupt = join(folder, 'corrupt')
    mkdirSync(join(corrupt, 'pgdata'), { recursive: true })
    writeFileSync(join(corrupt, 'pgdata', 'PG_VERSION'), '18\n')
    const complaint = await complaintOf({ dataDir: corrupt })
    expect(complaint).toMatch(
      /^The data folder \S+ holds no usable database .*; remove it to start afresh\.$/,
    )
    expect(existsSync(join(corrupt, 'server.pid'))).toBe(false)
  })

  it('says why the preparation failed, in one line', async ({ expect }) => {
    expect(await complaintOf({ prepare: { module: FAILING } })).toBe('The preparation failed on purpose.')
  })

  it('says that Postgres cannot be reached, without the password', async ({ expect }) => {
    const prepare = { module: PREPARE }
    const complaint = await complaintOf({ postgresUrl: 'postgres://me:hush@127.0.0.1:1/postgres', prepare })
    expect(complaint).toContain('ECONNREFUSED')
    expect(complaint).not.toContain('hush')
  })

  it('ends when its parent is killed', async ({ expect }) => {
    const script = `import { startNeon } from '${PROCESS}'; console.log((await startNeon()).pid)`
    const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = await once(createInterface(parent.stdout), 'line')
    const pid = Number(line)
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    expect(await endOf(pid)).toBe(true)
  })

  it('runs from a terminal and ends with Ctrl-C', async ({ expect }) => {
    const child = spawn(process.execPath, [SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = await once(createInterface(child.stdout), 'line')
    const { ready, port } = JSON.parse(String(line))
    expect(ready).toBe(true)
    expect((await fetch(`http://127.0.0.1:${port}/sql`, { method: 'OPTIONS' })).status).toBe(200)
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  it('listens on the loopback interface only', async ({ expect }) => {
    const local = await startNeon()
    const listening = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .filter((line) =>
        line.includes(`:${local.port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000`),
      )
    expect(listening.map((line) => line.trim().split(/\s+/)[1]?.split(':')[0])).toEqual(['0100007F'])
    await local.stop()
  })
})
