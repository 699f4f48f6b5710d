import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { headOf, sampleOf } from '../support/sample.ts'
import { endAllBenches } from './bench.ts'
import { type Lane, laneOf } from './lane.ts'
import { MUTANTS } from './list.ts'
import { idOf, type Killers, type Mutant, mutated } from './mutant.ts'
import type { Outcome } from './outcome.ts'
import { described, type Judged, report, say, secondsSince, verdictOn } from './report.ts'

const USAGE = `npm run mutants -- [options]

  --only <text>    those whose file or name contains the text; may be given again
  --sample <n>     only so many of them, others with each commit
  --seed <text>    chooses the sample in place of the commit
  --within <s>     begin no mutant after so many seconds
  --green          the tests have just passed: do not run them without a mutant, before and after
  --narrow         do not try all other tests on a mutant that survives its own
  --list           name the mutants, and run nothing`

const ROOT = join(import.meta.dirname, '../..')
const LANES = 2

const main = async (): Promise<boolean> => {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true },
      sample: { type: 'string' },
      seed: { type: 'string' },
      within: { type: 'string', default: 'Infinity' },
      green: { type: 'boolean', default: false },
      narrow: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return say(USAGE)
  const { only } = values
  const asked = only ? MUTANTS.filter((one) => only.some((text) => idOf(one).includes(text))) : MUTANTS
  if (values.list) return say(asked.map(idOf).join('\n'))

  const outOfDate = MUTANTS.filter(isOutOfDate)
  if (outOfDate.length > 0) {
    for (const one of outOfDate) say(`OUT OF DATE  ${idOf(one)}: its text is not in the file ${one.times}×`)
    return false
  }
  if (asked.length === 0) return say('No mutant has such a name.') && false
  const withinSeconds = Number(values.within)
  if (!(withinSeconds > 0)) return say('--within takes seconds, above 0') && false
  const seed = values.seed ?? headOf(ROOT)
  const chosen =
    values.sample === undefined ? asked.toSorted(byProject) : sampleOf(asked, Number(values.sample), seed)
  say(`${chosen.length} of ${MUTANTS.length} mutants${values.sample === undefined ? '' : `, --seed ${seed}`}`)

  const lanes = Array.from({ length: Math.min(LANES, chosen.length) }, () => laneOf(ROOT))
  process.on('SIGINT', () => process.exit(130))
  process.on('SIGTERM', () => process.exit(143))
  process.on('exit', () => {
    endAllBenches()
    for (const lane of lanes) lane.remove()
  })

  if (!values.green && !(await areGreenBefore(chosen, lanes))) return false
  const endsAt = Date.now() + withinSeconds * 1000
  const all = await judged(chosen, lanes, { tryAll: !values.narrow, endsAt })
  const stillGreen = values.green || (await areGreenAfter(lanes))
  for (const lane of lanes) await lane.close()
  return report(all, chosen) && stillGreen
}

const isOutOfDate = (mutant: Mutant): boolean =>
  mutated(readFileSync(join(ROOT, mutant.file), 'utf8'), mutant) === undefined

/** The tests must pass where nothing is wrong: else every mutant would seem to die. */
const areGreenBefore = async (mutants: readonly Mutant[], lanes: Lane[]): Promise<boolean> => {
  const startedAt = Date.now()
  const all = unionOf(mutants.map(({ killers }) => killers))
  const outcomes = await shared(all, lanes, (killers, lane) => lane.withoutMutant(killers))
  return areGreen('before', outcomes, startedAt)
}

/** They must pass still: else a mutant has left something behind that may have killed those after it. */
const areGreenAfter = async (lanes: Lane[]): Promise<boolean> => {
  const startedAt = Date.now()
  const again = lanes.map(async (lane) => {
    const outcomes: Outcome[] = []
    for (const killers of unionOf(lane.used())) outcomes.push(await lane.withoutMutant(killers))
    return outcomes
  })
  return areGreen('after', (await Promise.all(again)).flat(), startedAt)
}

const areGreen = (when: string, outcomes: Outcome[], startedAt: number): boolean => {
  const failures = outcomes.filter(({ ended }) => ended !== 'green')
  for (const failure of failures) say(`RED WITHOUT A MUTANT, ${when}\n${described(failure)}`)
  if (failures.length === 0) say(`green without a mutant, ${when}  ${secondsSince(startedAt)}`)
  return failures.length === 0
}

/** One run for each project, of all its files that are asked for. */
const unionOf = (all: readonly Killers[]): Killers[] =>
  [...Map.groupBy(all, ({ project }) => project)].map(([project, ofProject]) => {
    const names = new Set(ofProject.map(({ named }) => named))
    return {
      project,
      files: [...new Set(ofProject.flatMap(({ files }) => files))],
      ...(!names.has(undefined) && { named: [...names].join('|') }),
    }
  })

const judged = (
  mutants: readonly Mutant[],
  lanes: Lane[],
  { tryAll, endsAt }: { tryAll: boolean; endsAt: number },
): Promise<Judged[]> => {
  const judge = async (mutant: Mutant, lane: Lane) => {
    const startedAt = Date.now()
    const outcome = await lane.judge(mutant, tryAll)
    const verdict = verdictOn(mutant, outcome)
    say(`${verdict.padEnd(9)} ${secondsSince(startedAt).padStart(7)}  ${idOf(mutant)}\n${described(outcome)}`)
    return { mutant, verdict }
  }
  return shared(mutants, lanes, judge, endsAt)
}

const byProject = (one: Mutant, other: Mutant): number =>
  one.killers.project.localeCompare(other.killers.project)

/** Does the work on all items, as many at once as there are lanes; begins none after `endsAt`. */
const shared = async <T, R>(
  items: readonly T[],
  lanes: Lane[],
  work: (item: T, lane: Lane) => Promise<R>,
  endsAt = Number.POSITIVE_INFINITY,
): Promise<R[]> => {
  const waiting = [...items]
  const results: R[] = []
  const workOff = async (lane: Lane) => {
    while (Date.now() < endsAt) {
      const item = waiting.shift()
      if (item === undefined) return
      results.push(await work(item, lane))
    }
  }
  await Promise.all(lanes.map(workOff))
  return results
}

const startedAt = Date.now()
const isWell = await main()
say(secondsSince(startedAt))
process.exit(isWell ? 0 : 1)
