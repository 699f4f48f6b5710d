import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { withMailText } from './mail.ts'

const WRANGLER = fileURLToPath(new URL('../../node_modules/wrangler/bin/wrangler.js', import.meta.url))
const POLL_INTERVAL_MS = 100
const STOP_DEADLINE_MS = 5_000

/** Keeps wrangler from asking, reporting or fetching: `npm run dev` works without a network. */
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  WRANGLER_HIDE_BANNER: 'true',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
}

/**
 * Runs the Worker under `wrangler dev`, which builds it anew when `src` changes. `ready` settles when it
 * answers, and rejects with wrangler's output if it ends before.
 */
export const startWrangler = ({ port, envFile }: { port: number; envFile: string }) => {
  const child = spawn(
    process.execPath,
    [
      WRANGLER,
      'dev',
      '--local',
      '--ip=127.0.0.1',
      `--port=${port}`,
      '--inspector-port=0',
      '--show-interactive-dev-session=false',
      `--env-file=${envFile}`,
    ],
    { env: { ...process.env, ...QUIET }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const exited = once(child, 'exit')
  const output = outputOf(child)
  const ready = Promise.race([
    answering(port),
    exited.then(() => {
      throw new Error(`The Worker did not start:\n${output.soFar()}`)
    }),
  ]).then(output.show)

  return {
    ready,
    exited,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      await Promise.race([exited, wait(STOP_DEADLINE_MS, undefined, { ref: false })])
      child.kill('SIGKILL')
    },
  }
}

/** Keeps what wrangler says while it starts; once it has, passes on the Worker's own lines and all errors. */
const outputOf = (child: ChildProcess) => {
  const lines: string[] = []
  let print = (line: string) => {
    lines.push(line)
  }
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface(stream).on('line', (line) => print(line))
  }
  return {
    soFar: () => lines.join('\n'),
    show: () => {
      print = (line) => {
        if (!line.startsWith('[wrangler:info]')) for (const shown of withMailText(line)) console.log(shown)
      }
    },
  }
}

const answering = async (port: number) => {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined)
    if (answer?.ok) return
    await wait(POLL_INTERVAL_MS)
  }
}
