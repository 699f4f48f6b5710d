import type pg from 'pg'
import { median, medianRatio } from '../statistics.ts'
import type { Captured } from './capture.ts'

export interface Paced {
  name: string
  isPage: boolean
  /** Milliseconds, in the database that is full and in that which holds only the person asked for. */
  fullMs: number
  aloneMs: number
  ratio: number
}

export const LARGEST_RATIO = 1.2

/** Rounds until a median is believed; pages that are near or over the limit are looked at for longer. */
const ROUNDS = 15
const MORE_ROUNDS = [30, 60, 120]
const NEAR = 1.1

/** How long each request's transaction takes in either database, in turns; both are warm. */
export const paceOf = async (full: pg.Client, alone: pg.Client, requests: Captured[]): Promise<Paced[]> => {
  const timed = requests.map((request) => ({ request, full: [] as number[], alone: [] as number[] }))
  const runRounds = async (some: typeof timed, rounds: number) => {
    // Request by request, so that both databases have it as warm.
    for (const { request, ...times } of some) {
      await Promise.all([timeOf(full, request), timeOf(alone, request)])
      for (let round = 0; round < rounds; round += 1) {
        const takeFull = async () => times.full.push(await timeOf(full, request))
        const takeAlone = async () => times.alone.push(await timeOf(alone, request))
        for (const take of round % 2 === 0 ? [takeFull, takeAlone] : [takeAlone, takeFull]) await take()
      }
    }
  }
  // Of the rounds' own ratios: a machine's pace can change by half within a run.
  const ratioOf = (one: (typeof timed)[number]) => medianRatio(one.full, one.alone)
  await runRounds(timed, ROUNDS)
  for (const rounds of MORE_ROUNDS)
    await runRounds(
      timed.filter((one) => one.request.isPage && ratioOf(one) > NEAR),
      rounds,
    )
  return timed.map((one) => ({
    name: one.request.name,
    isPage: one.request.isPage,
    fullMs: median(one.full),
    aloneMs: median(one.alone),
    ratio: ratioOf(one),
  }))
}

/** As the local Neon runs a call: one transaction, each statement planned for its values. */
const timeOf = async (client: pg.Client, { statements }: Captured): Promise<number> => {
  const startedAt = performance.now()
  await client.query('begin')
  for (const { query, params } of statements) await client.query({ text: query, values: params })
  await client.query('commit')
  return performance.now() - startedAt
}
