import { parseArgs } from 'node:util'
import type { PostgresOptions } from '../local/embedded-postgres.ts'
import { isLinear, measureAlong, reportAlong } from './along.ts'
import { describeMachine } from './machine.ts'
import { measureRequests } from './requests.ts'
import { budgetsOf, isKept, report } from './results.ts'
import { writePart } from './results-file.ts'
import { isFlat, reportScale } from './scale/report.ts'
import { measureScale, SETTINGS } from './scale/scale.ts'
import { type Stage, setStage } from './stage.ts'
import { measureTiming, tellsNothing, timingTable } from './timing.ts'

/*
 * npm run bench [-- requests | timing | along | scale] [-- --quick] [-- --check] [-- --users <n> --tasks <n>]
 *
 * Measures the Worker as deployed, on workerd with a real Postgres.
 * requests (the default): beside its peers; writes bench/RESULTS.md.
 * timing: whether the time of an answer tells that an address has an account.
 * along: what takes many tasks along with one thing, at up to the most that one may have; writes bench/RESULTS.md.
 * scale: whether what one user asks takes longer for others being there, with 2,000,000 tasks of 20,000 users unless told
 * otherwise; writes bench/RESULTS.md, and fails when it does.
 * --quick takes half a minute in place of two, and writes nothing; --check fails when a budget is missed. Everything it starts
 * ends with it.
 */
interface Flags {
  quick: boolean
  users: number
  tasks: number
}

interface Mode {
  /** Says whether its budgets are kept. */
  measure: (stage: Stage, flags: Flags) => Promise<boolean>
  settings?: PostgresOptions['settings']
  /** Fails when a budget is missed, whether it was asked to or not. */
  isStrict?: boolean
}

const MODES: Record<string, Mode> = {
  requests: {
    measure: async (stage, flags) => {
      const requests = await measureRequests(stage, flags)
      const machine = await describeMachine(stage.client)
      const text = report(requests, machine)
      console.log(text)
      if (!flags.quick) await writePart(text)
      return budgetsOf(requests).every(isKept)
    },
  },
  timing: {
    measure: async (stage, flags) => {
      const timings = await measureTiming(stage, flags)
      console.table(timingTable(timings))
      return tellsNothing(timings)
    },
  },
  along: {
    settings: SETTINGS,
    measure: async (stage) => {
      const times = await measureAlong(stage)
      const text = reportAlong(times, await describeMachine(stage.client))
      console.log(text)
      await writePart(text)
      return isLinear(times)
    },
  },
  scale: {
    settings: SETTINGS,
    isStrict: true,
    measure: async (stage, { users, tasks }) => {
      // One user has a fortieth of all there is.
      const scale = await measureScale(stage, { users, tasks, bigTasks: Math.floor(tasks / 40) })
      const text = reportScale(scale, await describeMachine(stage.client))
      console.log(text)
      // A smaller world is for trying things.
      if (tasks >= FULL_SCALE.tasks) await writePart(text)
      return isFlat(scale)
    },
  },
}

const FULL_SCALE = { users: 20_000, tasks: 2_000_000 }

const main = async () => {
  const { values: flags, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      users: { type: 'string', default: String(FULL_SCALE.users) },
      tasks: { type: 'string', default: String(FULL_SCALE.tasks) },
    },
  })
  const [name = 'requests'] = positionals
  const mode = MODES[name]
  if (!mode) throw new Error(`There is no benchmark "${name}", only ${Object.keys(MODES).join(' and ')}.`)
  const stage = await setStage(mode.settings && { settings: mode.settings })
  let interrupted = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      interrupted = true
      void stage.strike().then(() => process.exit(130))
    })
  }
  try {
    const { quick, users, tasks } = flags
    const areKept = await mode.measure(stage, { quick, users: Number(users), tasks: Number(tasks) })
    if ((flags.check || mode.isStrict) && !areKept) process.exitCode = 1
  } catch (error) {
    // What was under way fails once its peers are gone; nobody needs to hear of that.
    if (!interrupted) throw error
  } finally {
    await stage.strike()
  }
}

await main()
