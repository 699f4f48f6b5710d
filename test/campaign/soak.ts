import { parseArgs } from 'node:util'
import { audit, gather } from './audit.ts'
import { meet, onStage, playRows } from './campaign.ts'
import { comeAndGo } from './comings.ts'
import { newLedger } from './ledger.ts'
import { writeThings } from './life.ts'
import { readLog } from './log.ts'
import { growthOf, watchMemory } from './memory.ts'
import { desksFor, LATE_MARGIN_MS } from './row.ts'
import { ALL_FAULTS, ROWS } from './rows.ts'
import { clear, type FaultStage, setFaultStage } from './stage.ts'
import { areClean } from './table.ts'

/*
 * npm run soak [-- --writes 10000] [-- --minutes 10]
 *
 * The campaign of `npm run faults` at length, then minutes in which one call in a hundred meets a fault of
 * any kind while people write, read, come and go. Fails when the campaign does, when the Worker's memory grows, when a
 * server error is not explained by a fault, or when its log holds a secret or a text of anybody's. --writes 0 leaves the campaign out.
 */
const { values: flags } = parseArgs({
  options: { writes: { type: 'string', default: '10000' }, minutes: { type: 'string', default: '10' } },
})

/** As long as the access tokens of its people live. */
const MOST_MINUTES = 14
if (Number(flags.minutes) > MOST_MINUTES) throw new Error(`--minutes goes up to ${MOST_MINUTES}`)

const RATE = 0.01
const DEADLINE_MS = 2_000
const CLIENTS = 20
/** Seldom enough for the collection before each to cost the load little. */
const SAMPLE_EVERY_MS = 5_000
/** Of a run that is long enough for the Worker to have warmed up by its middle third. */
const MAX_GROWTH = { heap: 1.05, resident: 1.05 }
const SHORTEST_VERDICT_MS = 5 * 60_000

const soak = async (stage: FaultStage, durationMs: number): Promise<boolean> => {
  const log: string[] = []
  const worker = await stage.startWorker(DEADLINE_MS, { log: (text) => log.push(text), inspected: true })
  const company = await meet(stage, worker)
  await stage.withDatabase(clear)
  const ledger = newLedger()
  const endsAt = performance.now() + durationMs
  const goesOn = () => performance.now() < endsAt

  await worker.play({ rate: RATE, seed: 1, faults: ALL_FAULTS })
  const samplesOf = watchMemory(worker, SAMPLE_EVERY_MS)
  const [comings] = await Promise.all([
    comeAndGo(company, goesOn),
    ...desksFor(company, { ledger, goesOn }, CLIENTS).map(writeThings),
  ])
  const growth = growthOf(await samplesOf())
  const { played } = await worker.play([])
  await stage.settled(worker)

  const evidence = await stage.withDatabase((client) => gather(client, worker, company.people))
  const verdict = audit(ledger, evidence, DEADLINE_MS + LATE_MARGIN_MS)
  const given = company.people.flatMap(({ sessionToken, accessToken }) => [sessionToken, accessToken])
  const findings = readLog(log.join(''), [...stage.secrets, ...given, ...comings.tokens])
  const hasGrown = (what: 'heap' | 'resident') =>
    durationMs >= SHORTEST_VERDICT_MS && growth[what] > MAX_GROWTH[what]
  const complaints = [
    ...verdict.details,
    ...comings.unexpected,
    ...findings.unexplained.map((line) => `unexplained: ${line}`),
    ...findings.leaks.map((line) => `in the log: ${line}`),
    ...(findings.requests === 0 ? ['the log is empty'] : []),
    ...(findings.serverErrors > played
      ? [`${findings.serverErrors} server errors, but ${played} faults`]
      : []),
    ...(hasGrown('heap') ? [`the heap grew by a factor of ${growth.heap.toFixed(3)}`] : []),
    ...(hasGrown('resident') ? [`the process grew by a factor of ${growth.resident.toFixed(3)}`] : []),
  ]
  console.table({
    'requests in the log': findings.requests,
    'faults played': played,
    'server errors': findings.serverErrors,
    unexplained: findings.unexplained.length,
    writes: ledger.writes.length,
    reads: ledger.reads.length,
    'sign-ins, tokens, sign-outs': Object.values(comings.told).reduce((sum, count) => sum + count, 0),
    'lines with a secret': findings.leaks.length,
    'heap, last third (MiB)': inMiB(growth.heapBytes),
    'heap, to the middle third': growth.heap.toFixed(3),
    'resident, last third (MiB)': inMiB(growth.residentBytes),
    'resident, to the middle third': growth.resident.toFixed(3),
  })
  for (const complaint of complaints.slice(0, MAX_COMPLAINTS)) console.log(complaint)
  return complaints.length === 0
}

const MAX_COMPLAINTS = 20

const inMiB = (bytes: number) => (bytes / 2 ** 20).toFixed(1)

await onStage(setFaultStage, async (stage) => {
  const writes = Number(flags.writes)
  const isClean = writes === 0 || areClean(await playRows(stage, ROWS, writes))
  return (await soak(stage, Number(flags.minutes) * 60_000)) && isClean
})
