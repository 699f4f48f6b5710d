import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { buildWorker } from '../local/build.ts'

export interface RunningWorker {
  origin: string
  /** Where it speaks the DevTools protocol, if it was asked to. */
  inspectorPort: number | undefined
  pid: number
  stop(): Promise<void>
}

export interface WorkerOptions {
  /** Hears all that the Worker says. */
  log?: (text: string) => void
  inspected?: boolean
}

/** The workerd that wrangler runs: `path` of the binary, `version` of its package. */
export const workerd = ((): { path: string; version: string } => {
  const requireOfWrangler = createRequire(import.meta.resolve('wrangler/package.json'))
  const { default: path, version }: { default: string; version: string } = requireOfWrangler('workerd')
  return { path, version }
})()

/**
 * Bundles a Worker as for deployment into `folder`, with `bindings` as its text bindings, those of
 * wrangler.toml as its rate limits and the local network as its internet. Gives the path of the encoded config, so that starting it parses no text.
 */
export const buildConfig = async (entryPoint: string, folder: string, bindings: Record<string, string>) => {
  await buildWorker(entryPoint, folder)
  const modules = (await readdir(folder)).sort((a, b) => Number(b === ENTRY) - Number(a === ENTRY))
  await copyFile(RATE_LIMITER, join(folder, 'rate-limiter.js'))
  const textConfig = join(folder, 'config.capnp')
  await writeFile(textConfig, configOf(modules, bindings, await runtimeSettings()))

  const config = join(folder, 'config.bin')
  const { stdout } = await promisify(execFile)(workerd.path, ['compile', '--config-only', textConfig], {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
  })
  await writeFile(config, stdout)
  return config
}

/**
 * Starts `workerd serve`; ready when it listens, on a free port of 127.0.0.1. Its requests' log goes
 * to `log` or nowhere, and it ends with this process.
 */
export const startWorker = async (config: string, options: WorkerOptions = {}): Promise<RunningWorker> => {
  const { log, inspected = false } = options
  const inspector = inspected ? ['--inspector-addr=127.0.0.1:0'] : []
  const child = spawn(workerd.path, ['serve', '--binary', '--control-fd=3', ...inspector, config], {
    stdio: ['ignore', log ? 'pipe' : 'ignore', 'pipe', 'pipe'],
  })
  if (log) {
    child.stdout?.setEncoding('utf8').on('data', log)
    child.stderr?.setEncoding('utf8').on('data', log)
  }
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const exited = once(child, 'exit')
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk
  })
  const refused = exited.then(() => {
    throw new Error(`workerd did not start: ${complaint.trim()}`)
  })
  const { http, inspector: inspectorPort } = await Promise.race([listeningPorts(child), refused])
  refused.catch(() => {})
  return {
    origin: `http://127.0.0.1:${http}`,
    inspectorPort,
    pid: child.pid ?? 0,
    async stop() {
      process.off('exit', kill)
      kill()
      await exited
    },
  }
}

const ENTRY = 'index.js'
const RATE_LIMITER = fileURLToPath(new URL('./rate-limiter.js', import.meta.url))

type RuntimeSettings = { date: string; flags: string; rateLimits: string[] }

/** Those that the Worker is deployed with. */
const runtimeSettings = async (): Promise<RuntimeSettings> => {
  const settings = await readFile('wrangler.toml', 'utf8')
  const [, date] = /^compatibility_date = "(.*)"$/m.exec(settings) ?? []
  const [, flags] = /^compatibility_flags = (\[.*\])$/m.exec(settings) ?? []
  if (!date || !flags) throw new Error('wrangler.toml names no compatibility date and flags')
  const rateLimits = [...settings.matchAll(/^\[\[ratelimits\]\]\nname = "(.*)"$/gm)].map(
    ([, name = '']) => name,
  )
  return { date, flags, rateLimits }
}

const configOf = (modules: string[], texts: Record<string, string>, settings: RuntimeSettings) => {
  const { date, flags, rateLimits } = settings
  const bindings = [
    ...Object.entries(texts).map(([name, text]) => `(name = "${name}", text = "${text}")`),
    ...rateLimits.map((name) => `(name = "${name}", wrapped = (moduleName = "bench:rate-limiter"))`),
  ]
  return `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [${modules.map((name) => `(name = "${name}", esModule = embed "${name}")`)}],
      bindings = [${bindings}],
      compatibilityDate = "${date}",
      compatibilityFlags = ${flags},
    )),
    (name = "internet", network = (allow = ["local", "private"])),
  ],
  extensions = [(modules = [
    (name = "bench:rate-limiter", esModule = embed "rate-limiter.js", internal = true),
  ])],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`
}

const listeningPorts = async (child: ChildProcess) => {
  const control = child.stdio[3]
  if (!(control instanceof Readable)) throw new Error('workerd has no control channel')
  let inspector: number | undefined
  for await (const line of createInterface(control)) {
    const { event, port }: { event: string; port: number } = JSON.parse(line)
    if (event === 'listen-inspector') inspector = port
    if (event === 'listen') return { http: port, inspector }
  }
  return new Promise<never>(() => {})
}
