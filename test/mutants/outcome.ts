import type { TestCase, TestModule } from 'vitest/node'

/** How a run of tests ended. */
export type Outcome =
  | { ended: 'green'; tests: number }
  | { ended: 'red'; by: string; message: string }
  /** It failed, but by nothing that a test asserts: what was to be tested did not run at all. */
  | { ended: 'broken'; message: string }

export const broken = (error: unknown): Outcome => ({
  ended: 'broken',
  message: error instanceof Error ? error.message : String(error),
})

/** What came of those files; `logOf` tells what was logged during a test. */
export const outcomeOf = (
  modules: readonly TestModule[],
  unhandled: readonly unknown[],
  logOf: (test: TestCase) => string,
): Outcome => {
  const tests = modules.flatMap((module) => [...module.children.allTests()])
  const failed = tests.find((test) => test.result().state === 'failed')
  if (failed) return redOrBroken(failed, logOf(failed))
  const [error] = [...modules.flatMap((module) => [...module.errors()]), ...unhandled]
  if (error !== undefined) return { ended: 'broken', message: messageOf(error) }
  const passed = tests.filter((test) => test.result().state === 'passed').length
  if (passed === 0) return { ended: 'broken', message: 'no test was run: do the names still fit?' }
  return { ended: 'green', tests: passed }
}

/**
 * Signs that a test failed for want of anything to test: the fault is not of the kind that was meant, but a
 * program or a statement that cannot run at all, or a machine that is too busy.
 */
const DID_NOT_RUN =
  /"refusal":"(?:ReferenceError|SyntaxError|TypeError)"|"sqlState":"(?:42601|42703|42883|42P0[12])"|sign-(?:up|in) answered \d+|\w is not defined|Test timed out/

const redOrBroken = (test: TestCase, log: string): Outcome => {
  const message = test.result().errors?.[0]?.message ?? ''
  const by = `${test.module.relativeModuleId} > ${test.fullName}`
  const sign = DID_NOT_RUN.exec(`${message}\n${log}`)
  if (sign) return { ended: 'broken', message: `${by}\n${sign[0]}` }
  return { ended: 'red', by, message: message.split('\n', 1)[0] ?? '' }
}

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
