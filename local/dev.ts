import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { announce } from './dev/announce.ts'
import { type Embedded, writeBindings } from './dev/bindings.ts'
import { startClock } from './dev/clock.ts'
import { assertPortIsFree, readSettings, type Settings } from './dev/settings.ts'
import { startWrangler } from './dev/wrangler.ts'
import { freePort } from './free-port.ts'
import { startNeon } from './neon-process.ts'

/**
 * `npm run dev`: the Worker under wrangler, against a Neon database named in .dev.vars or, without one,
 * against Postgres embedded in a process of its own. It ends with everything it started; a setting that
 * cannot work is one sentence on stderr and exit code 1.
 */
const main = async () => {
  const settings = readSettings()
  await assertPortIsFree(settings.port)
  console.log('Edgewise is starting …')

  const started: (() => Promise<unknown>)[] = []
  let stopped: Promise<never> | undefined
  const stop = (exitCode: number) => {
    stopped ??= Promise.all(started.map((end) => end())).then(() => process.exit(exitCode))
    return stopped
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
  process.stdout.on('error', () => stop(1)) // whoever read it is gone

  try {
    const embedded = settings.database === 'neon' ? undefined : await newEmbedded()
    const bindings = await writeBindings(settings, embedded)
    started.push(() => rm(bindings.folder, { recursive: true, force: true }))
    const worker = startWrangler({ port: settings.port, envFile: bindings.file })
    started.push(worker.stop)

    // Both take their time, and neither needs the other to start.
    const [neon] = await Promise.all([
      embedded &&
        startNeonFor(settings, embedded).then((neon) => {
          started.push(neon.stop)
          return neon
        }),
      worker.ready,
    ])
    announce(settings)
    started.push(startClock(settings.port))
    await Promise.race([worker.exited, neon?.exited ?? worker.exited])
    if (!stopped) throw new Error('Edgewise stopped, since a part of it did.')
  } catch (error) {
    if (!stopped) complain(error)
    await stop(1)
  }
}

/** Where the embedded database will be, and what the Worker logs in with. */
const newEmbedded = async (): Promise<Embedded> => ({
  port: await freePort(),
  passwords: { edgewise_api: randomPassword(), edgewise_auth: randomPassword() },
})

const startNeonFor = ({ database }: Settings, { port, passwords }: Embedded) =>
  startNeon({
    port,
    ...(typeof database === 'object' && { dataDir: database.folder }),
    prepare: { module: fileURLToPath(new URL('./database.ts', import.meta.url)), options: passwords },
  })

const randomPassword = (): string => randomBytes(24).toString('base64url')

const complain = (error: unknown) => console.error(error instanceof Error ? error.message : String(error))

main().catch((error: unknown) => {
  complain(error)
  process.exit(1)
})
