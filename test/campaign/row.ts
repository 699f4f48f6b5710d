import { setTimeout as sleep } from 'node:timers/promises'
import { randomOf } from '../support/random.ts'
import { audit, gather, type Verdict } from './audit.ts'
import type { Company } from './campaign.ts'
import { newLedger } from './ledger.ts'
import { type Desk, writeTasks } from './life.ts'
import { renewTokens } from './people.ts'
import type { Row } from './rows.ts'
import type { FaultStage } from './stage.ts'

export interface RowResult {
  name: string
  verdict: Verdict
  writes: number
  acknowledged: number
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
  { worker, people }: Company,
  row: Row,
  target: number,
): Promise<RowResult> => {
  const startedAt = performance.now()
  await stage.withDatabase((client) => client.query('truncate tasks, task_labels, completions, journal'))
  await renewTokens(worker, people)
  const ledger = newLedger()
  const { played: playedBefore } = await worker.play({ rate: row.rate, seed: 1, faults: row.faults })
  const crashing = row.crashes ? crashUntilDone(stage) : undefined
  const goesOn = () => ledger.writes.length < target || (crashing !== undefined && crashing.count() < CRASHES)
  await Promise.all(desksFor({ worker, people }, { ledger, goesOn }, CLIENTS).map(writeTasks))
  await crashing?.end()
  const { played } = await worker.play([])
  await stage.settled(worker)

  const evidence = await stage.withDatabase((client) => gather(client, worker, people))
  const countOf = (told: string) => ledger.writes.filter((write) => write.told === told).length
  return {
    name: row.name,
    verdict: audit(ledger, evidence, row.deadlineMs + LATE_MARGIN_MS),
    writes: ledger.writes.length,
    acknowledged: countOf('acknowledged'),
    unknown: countOf('unknown'),
    unavailable: countOf('unavailable'),
    faults: crashing ? crashing.count() : played - playedBefore,
    slowestMs: Math.max(...ledger.writes.map(({ tookMs }) => tookMs)),
    seconds: (performance.now() - startedAt) / 1000,
  }
}

/** That many clients, among whom the people are dealt out. */
export const desksFor = (
  { worker, people }: Company,
  rest: Pick<Desk, 'ledger' | 'goesOn'>,
  clients: number,
) =>
  Array.from(
    { length: clients },
    (_, index): Desk => ({
      ...rest,
      worker,
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
