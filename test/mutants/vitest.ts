import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Killers } from './mutant.ts'

/** How a run of tests ended. */
export type Outcome =
  | { ended: 'green'; tests: number }
  | { ended: 'red'; by: string; message: string }
  /** It failed, but by nothing that a test asserts: what was to be tested did not run at all. */
  | { ended: 'broken'; message: string }

/** Every test there is, for those that the narrow ones do not kill. */
export type Choice = Killers | 'everything'

const TIME_LIMIT_MS = 15 * 60_000
const GRACE_MS = 10_000

/** Runs those tests in that folder until one fails. */
export const runTests = async (folder: string, choice: Choice): Promise<Outcome> => {
  const reportPath = join(folder, 'report-of-mutants.json')
  rmSync(reportPath, { force: true })
  const { code, output } = await vitest(folder, [...argumentsFor(choice), `--outputFile.json=${reportPath}`])
  if (!existsSync(reportPath)) return { ended: 'broken', message: lastLinesOf(output) }
  const report: Report = JSON.parse(readFileSync(reportPath, 'utf8'))
  return outcomeOf(report, code, output)
}

/** Ends the runs that are still under way, and with them all that they started. */
export const endAllRuns = () => {
  for (const child of running) signal(child, 'SIGKILL')
}

const argumentsFor = (choice: Choice): string[] => {
  if (choice === 'everything') return []
  const { project, files, named } = choice
  return [...files, '--project', project, ...(named === undefined ? [] : ['--testNamePattern', named])]
}

const running = new Set<ChildProcess>()

/** Vitest in a process group of its own, so that whatever it starts can be ended with it. */
const vitest = async (folder: string, args: string[]) => {
  const program = join(folder, 'node_modules/vitest/vitest.mjs')
  const common = ['run', '--bail', '1', '--reporter=default', '--reporter=json']
  const child = spawn(process.execPath, [program, ...common, ...args], {
    cwd: folder,
    detached: true,
    env: { ...process.env, NO_COLOR: '1', WRANGLER_SEND_METRICS: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let output = ''
  const take = (chunk: Buffer) => {
    output += chunk
  }
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  const timers = [
    setTimeout(() => signal(child, 'SIGTERM'), TIME_LIMIT_MS),
    setTimeout(() => signal(child, 'SIGKILL'), TIME_LIMIT_MS + GRACE_MS),
  ]
  const [code]: (number | null)[] = await once(child, 'exit')
  for (const timer of timers) clearTimeout(timer)
  signal(child, 'SIGKILL')
  running.delete(child)
  return { code: code ?? null, output }
}

const signal = ({ pid }: ChildProcess, name: NodeJS.Signals) => {
  try {
    if (pid !== undefined) process.kill(-pid, name)
  } catch {
    // The group is gone already.
  }
}

/** What is read of vitest's JSON report. */
interface Report {
  numPassedTests: number
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { status: string; fullName: string; failureMessages?: string[] | null }[]
  }[]
}

/**
 * Signs that a test failed for want of anything to test: the fault is not of the kind that was meant, but a
 * program or a statement that cannot run at all.
 */
const DID_NOT_RUN =
  /"refusal":"(?:ReferenceError|SyntaxError|TypeError|42601|42703|42883|42P01|42P02)"|Error: sign-(?:up|in) answered \d+|ReferenceError: .* is not defined/

const outcomeOf = ({ numPassedTests, testResults }: Report, code: number | null, output: string): Outcome => {
  for (const { name, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed')
    if (!failed) continue
    const [message = ''] = failed.failureMessages ?? []
    const sign = DID_NOT_RUN.exec(message) ?? DID_NOT_RUN.exec(output)
    if (sign) return { ended: 'broken', message: `${failed.fullName}: ${sign[0]}` }
    const file = name.replace(/^.*\/(?=test\/)/, '')
    return { ended: 'red', by: `${file} > ${failed.fullName.trim()}`, message: firstLineOf(message) }
  }
  const failedFile = testResults.find(({ status }) => status === 'failed')
  if (failedFile) return { ended: 'broken', message: failedFile.message ?? lastLinesOf(output) }
  if (code !== 0) return { ended: 'broken', message: lastLinesOf(output) }
  if (numPassedTests === 0) return { ended: 'broken', message: 'no test was run: do the names still fit?' }
  return { ended: 'green', tests: numPassedTests }
}

const firstLineOf = (text: string): string => text.split('\n', 1)[0] ?? ''

const lastLinesOf = (text: string): string => text.trim().split('\n').slice(-12).join('\n')
