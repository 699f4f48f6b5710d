import { setTimeout as sleep } from 'node:timers/promises'
import { randomOf } from '../support/random.ts'
import { audit, gather, type Verdict } from './audit.ts'
import type { Company } from './campaign.ts'
import { type Ledger, newLedger } from './ledger.ts'
import { type Desk, writeThings } from './life.ts'
import { renewTokens } from './people.ts'
import type { Row } from './rows.ts'
import { clear, type FaultStage } from './stage.ts'

export interface RowResult {
  name: string
  verdict: Verdict
  writes: number
  /** By operation. */
  acknowledged: Map<string, number>
  unknown: number
  unavailable: number
  faults: number
  slowestMs: number
  seconds: number
}

/** How many write at the same time, one request each. */
const CLIENTS = 50

/** What a busy machine may add to the deadline: the answer's way to us, past everybody else's. */
export const LATE_MARGIN_MS = 750

const BETWEEN_CRASHES_MS = 700

/** Lets these people write while the row's faults strike, then compares what they were told with what there is. */
export const playRow = async (
  stage: FaultStage,
  company: Company,
  row: Row,
  target: number,
): Promise<RowResult> => {
  const { worker, people } = company
  const startedAt = performance.now()
  await stage.withDatabase(clear)
  await renewTokens(worker, people)
  const ledger = newLedger()
  const { played: playedBefore } = await worker.play({ rate: row.rate, seed: 1, faults: row.faults })
  const crashing = row.crashes ? crashUntilDone(stage) : undefined
  const goesOn = () => ledger.writes.length < target || (crashing !== undefined && crashing.count() < CRASHES)
  await Promise.all(desksFor(company, { ledger, goesOn }, CLIENTS).map(writeThings))
  await crashing?.end()
  const { played } = await worker.play([])
  await stage.settled(worker)

  const evidence = await stage.withDatabase((client) => gather(client, worker, people))
  const countOf = (told: string) => ledger.writes.filter((write) => write.told === told).length
  return {
    name: row.name,
    verdict: audit(ledger, evidence, row.deadlineMs + LATE_MARGIN_MS),
    writes: ledger.writes.length,
    acknowledged: acknowledgedIn(ledger),
    unknown: countOf('unknown'),
    unavailable: countOf('unavailable'),
    faults: crashing ? crashing.count() : played - playedBefore,
    slowestMs: Math.max(...ledger.writes.map(({ tookMs }) => tookMs)),
    seconds: (performance.now() - startedAt) / 1000,
  }
}

const acknowledgedIn = ({ writes }: Ledger) => {
  const counts = new Map<string, number>()
  for (const { operationId, told } of writes) {
    if (told === 'acknowledged') counts.set(operationId, (counts.get(operationId) ?? 0) + 1)
  }
  return counts
}

/** That many clients, among whom the people are dealt out. */
export const desksFor = (
  { people, ...office }: Company,
  rest: Pick<Desk, 'ledger' | 'goesOn'>,
  clients: number,
) =>
  Array.from(
    { length: clients },
    (_, index): Desk => ({
      ...rest,
      ...office,
      people: people.filter((_, place) => place % clients === index),
      random: randomOf(index),
    }),
  )

/** Fewer would not catch writes in all the states that they can be in. */
const CRASHES = 4

const crashUntilDone = (stage: FaultStage) => {
  let crashes = 0
  let isOver = false
  const crashing = (async () => {
    while (!isOver) {
      await sleep(BETWEEN_CRASHES_MS)
      await stage.crash()
      crashes += 1
    }
  })()
  return {
    count: () => crashes,
    end: () => {
      isOver = true
      return crashing
    },
  }
}
