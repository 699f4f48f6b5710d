import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { describeMachine } from './machine.ts'
import { measureRequests } from './requests.ts'
import { budgetsOf, isKept, report } from './results.ts'
import { type Stage, setStage } from './stage.ts'
import { measureTiming, tellsNothing, timingTable } from './timing.ts'

/*
 * npm run bench [-- requests | timing] [-- --quick] [-- --check]
 *
 * Measures the Worker as deployed, on workerd with a real Postgres.
 * requests (the default): beside its peers; writes bench/RESULTS.md.
 * timing: whether the time of an answer tells that an address has an account.
 * --quick takes half a minute in place of two; --check fails when a budget is missed. Everything it starts
 * ends with it.
 */
const RESULTS = 'bench/RESULTS.md'

interface Flags {
  quick: boolean
}

/** Each prints its figures and says whether its budgets are kept. */
const MODES: Record<string, (stage: Stage, flags: Flags) => Promise<boolean>> = {
  requests: async (stage, flags) => {
    const requests = await measureRequests(stage, flags)
    const machine = await describeMachine(stage.client)
    const text = report(requests, { machine, command: `npm run bench${flags.quick ? ' -- --quick' : ''}` })
    console.log(text)
    await writeFile(RESULTS, text)
    return budgetsOf(requests).every(isKept)
  },
  timing: async (stage, flags) => {
    const timings = await measureTiming(stage, flags)
    console.table(timingTable(timings))
    return tellsNothing(timings)
  },
}

const main = async () => {
  const { values: flags, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  })
  const [name = 'requests'] = positionals
  const measure = MODES[name]
  if (!measure) throw new Error(`There is no benchmark "${name}", only ${Object.keys(MODES).join(' and ')}.`)
  const stage = await setStage()
  let interrupted = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interrupted = true
      void stage.strike().then(() => process.exit(130))
    })
  }
  try {
    const areKept = await measure(stage, flags)
    if (flags.check && !areKept) process.exitCode = 1
  } catch (error) {
    // What was under way fails once its peers are gone; nobody needs to hear of that.
    if (!interrupted) throw error
  } finally {
    await stage.strike()
  }
}

await main()
