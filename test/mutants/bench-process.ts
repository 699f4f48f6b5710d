import { createVitest, type TestCase } from 'vitest/node'
import type { Order } from './bench.ts'
import { broken, type Outcome, outcomeOf } from './outcome.ts'

// A process of its own, for `bench.ts`: Vitest stays up, with its database, from one mutant to the next.

const [project] = process.argv.slice(2)
const PATIENCE = 4
const logs = new Map<string | undefined, string>()

const vitest = await createVitest('test', {
  watch: false,
  silent: false,
  ...(project && { project: [project] }),
  reporters: [
    {
      onUserConsoleLog: ({ taskId, content }) => {
        logs.set(taskId, (logs.get(taskId) ?? '') + content)
      },
      onTestCaseResult: (test) => {
        if (test.result().state === 'failed') void vitest.cancelCurrentRun('test-failure')
      },
    },
  ],
})

// Files that share modules would share a mutant's, too.
for (const { config } of vitest.projects) {
  config.isolate = true
  // A test that runs out of time says nothing of a mutant; a busy machine must not be why.
  config.testTimeout *= PATIENCE
  config.hookTimeout *= PATIENCE
}

const run = async ({ files, named, changed }: Order): Promise<Outcome> => {
  for (const path of changed) vitest.invalidateFile(path)
  logs.clear()
  if (named === undefined) vitest.resetGlobalTestNamePattern()
  else vitest.setGlobalTestNamePattern(named)
  const specifications = await vitest.globTestSpecifications(files)
  const wanted = new Set(specifications.map(({ moduleId }) => moduleId))
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications)
  const modules = testModules.filter(({ moduleId }) => wanted.has(moduleId))
  return outcomeOf(modules, unhandledErrors, ({ id }: TestCase) => logs.get(id) ?? '')
}

process.on('message', async (order: Order) => {
  process.send?.(await run(order).catch(broken))
})
process.on('disconnect', async () => {
  await vitest.close()
  process.exit()
})
process.send?.('ready')
