import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export type NeonOptions = {
  /** 0, the default, takes any free port. */
  port?: number
  /** PGlite's data folder; without it and without `postgresUrl`, the data stay in memory. */
  dataDir?: string
  /** A superuser's URL of a real Postgres to use in place of PGlite. */
  postgresUrl?: string
  /** Sessions kept open to that Postgres, in all. */
  maxSessions?: number | undefined
  /** A module whose `prepareDatabase(client, options)` is awaited before the server is ready. */
  prepare?: { module: string; options?: unknown }
}

export type NeonProcess = {
  port: number
  pid: number
  /** Settles with the exit code once the process is gone, for whatever reason. */
  exited: Promise<number | null>
  stop(): Promise<void>
}

/** Longer than PGlite needs to write its data out. */
const STOP_DEADLINE_MS = 10_000

/**
 * Starts the local Neon in a process of its own, which ends with this one. Rejects with that process's own
 * sentence when it fails to start.
 */
export const startNeon = async (options: NeonOptions = {}): Promise<NeonProcess> => {
  const child = spawn(process.execPath, [STACK, SERVER, ...argumentsOf(options)], {
    env: { ...process.env, ...environmentOf(options) },
    // The channel tells the child when its parent is gone.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null)
  const port = await readyPort(child)
  child.stderr?.pipe(process.stderr, { end: false })
  return { port, pid: child.pid ?? 0, exited, stop: () => stop(child, exited) }
}

/**
 * Room for PGlite's Postgres to find that a recursion is too deep, as it does at 2 MB of a stack of its own,
 * before the engine does. Below the 8 MB that a process has.
 */
const STACK = '--stack-size=6500'

const SERVER = fileURLToPath(new URL('./neon-server.ts', import.meta.url))

const argumentsOf = ({ port = 0, dataDir, maxSessions, prepare }: NeonOptions) => [
  `--port=${port}`,
  ...(dataDir === undefined ? [] : [`--data=${dataDir}`]),
  ...(maxSessions === undefined ? [] : [`--max-sessions=${maxSessions}`]),
  ...(prepare === undefined ? [] : [`--prepare=${prepare.module}`]),
]

/** Secrets go by the environment: arguments are for everyone on the machine to see. */
const environmentOf = ({ postgresUrl, prepare }: NeonOptions) => ({
  EDGEWISE_POSTGRES_URL: postgresUrl ?? '',
  EDGEWISE_PREPARE_OPTIONS: JSON.stringify(prepare?.options ?? {}),
})

const readyPort = async (child: ChildProcess) => {
  const { stdout, stderr } = child
  if (!stdout || !stderr) throw new Error('The local Neon has no output to read.')
  let complaint = ''
  const listenIn = (chunk: Buffer) => {
    complaint += chunk
  }
  stderr.on('data', listenIn)
  for await (const line of createInterface(stdout)) {
    const port = portIn(line)
    if (port === undefined) continue
    stderr.off('data', listenIn)
    stdout.resume()
    return port
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  throw new Error(complaint.trim() || `The local Neon stopped before it was ready (${child.exitCode}).`)
}

const portIn = (line: string) => {
  if (!line.startsWith('{"ready":true,')) return undefined
  const { port }: { port: number } = JSON.parse(line)
  return port
}

const stop = async (child: ChildProcess, exited: Promise<unknown>) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS)
  child.kill('SIGTERM')
  await exited
  clearTimeout(deadline)
}
