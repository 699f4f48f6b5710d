import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { processesIn } from './processes.ts'

const COPIED = ['package.json', 'wrangler.toml']
const LINKED = ['node_modules', 'src', 'web', 'client', 'local', 'drizzle']

/** A working copy of its own: nothing in it meets a developer's .dev.vars, data or build. */
export const newWorkingCopy = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'edgewise-test-'))
  for (const name of COPIED) copyFileSync(name, join(folder, name))
  for (const name of LINKED) symlinkSync(resolve(name), join(folder, name))
  return folder
}

export type Dev = ReturnType<typeof runDev>

/** Runs `npm run dev` in that folder; `says` settles with its output so far once it contains a text. */
export const runDev = (folder: string, env: Record<string, string>, onOutput = (_chunk: Buffer) => {}) => {
  const child = spawn('npm', ['run', '--silent', 'dev'], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: 'pipe',
    detached: true,
  })
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code)
  let output = ''
  const hear = (chunk: Buffer) => {
    output += chunk
    onOutput(chunk)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return {
    exited,
    output: () => output,
    says: async (text: string) => {
      while (!output.includes(text)) {
        if (child.exitCode !== null) throw new Error(`it ended before it said "${text}":\n${output}`)
        await Promise.race([once(child.stdout, 'data'), exited])
      }
      return output
    },
    /** Ctrl-C: the terminal tells every process of the group. */
    interrupt: async () => {
      if (child.pid) process.kill(-child.pid, 'SIGINT')
      await exited
      return processesIn(child.pid)
    },
  }
}
