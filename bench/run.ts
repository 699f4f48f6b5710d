import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { describeMachine } from './machine.ts'
import { measureRequests } from './requests.ts'
import { budgetsOf, isKept, report } from './results.ts'
import { setStage } from './stage.ts'

/*
 * npm run bench [-- --quick] [-- --check]
 *
 * Measures the Worker as deployed, on workerd with a real Postgres, beside its peers, and writes
 * bench/RESULTS.md. --quick takes half a minute in place of two; --check fails when a
 * budget is missed. Everything it starts ends with it.
 */
const RESULTS = 'bench/RESULTS.md'

const main = async () => {
  const { values: flags } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
    },
  })
  const stage = await setStage()
  let interrupted = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interrupted = true
      void stage.strike().then(() => process.exit(130))
    })
  }
  try {
    const requests = await measureRequests(stage, flags)
    const machine = await describeMachine(stage.client)
    const text = report(requests, { machine, command: `npm run bench${flags.quick ? ' -- --quick' : ''}` })
    console.log(text)
    await writeFile(RESULTS, text)
    if (flags.check && !budgetsOf(requests).every(isKept)) process.exitCode = 1
  } catch (error) {
    // What was under way fails once its peers are gone; nobody needs to hear of that.
    if (!interrupted) throw error
  } finally {
    await stage.strike()
  }
}

await main()
