import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { broken, type Outcome } from './outcome.ts'

/** Which tests to run, and which files have changed since the last ones. */
export interface Order {
  /** All of them, if none is named. */
  files: string[]
  named?: string
  changed: string[]
}

const PROGRAM = fileURLToPath(new URL('./bench-process.ts', import.meta.url))
const TIME_LIMIT_MS = 10 * 60_000
const GRACE_MS = 15_000

/** Runs tests of one project, or of all, in a copy of it; whatever it starts is gone when it ends. */
export const startBench = async (folder: string, project?: string) => {
  const child = fork(PROGRAM, project === undefined ? [] : [project], {
    cwd: folder,
    // A process group of its own: none of what it starts is left behind.
    detached: true,
    env: { ...process.env, NO_COLOR: '1', WRANGLER_SEND_METRICS: 'false' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let complaint = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk).slice(-2_000)
  })
  const exited = once(child, 'exit')
  const answer = async (): Promise<unknown> => {
    const limit = AbortSignal.timeout(TIME_LIMIT_MS)
    const gone = exited.then(() => {
      throw new Error(`the process of the tests ended: ${complaint}`)
    })
    const [message] = await Promise.race([once(child, 'message', { signal: limit }), gone])
    return message
  }
  benches.add(child)
  await answer()

  return {
    run: async (order: Order): Promise<Outcome> => {
      child.send(order)
      return answer().catch(broken) as Promise<Outcome>
    },

    end: async () => {
      if (child.connected) child.disconnect()
      const timer = setTimeout(() => killGroup(child), GRACE_MS)
      await exited
      clearTimeout(timer)
      killGroup(child)
      benches.delete(child)
    },
  }
}

export type Bench = Awaited<ReturnType<typeof startBench>>

/** Ends all that is still under way, at once. */
export const endAllBenches = () => {
  for (const child of benches) killGroup(child)
}

const benches = new Set<ChildProcess>()

const killGroup = ({ pid }: ChildProcess) => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is gone already.
  }
}
