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

/** Rounds of a pass, and how many more passes pages have that are near or over the limit. */
const ROUNDS = 15
const MORE_PASSES = 12
const NEAR = 1.1

/** Opens a connection of the data role. */
type Connect = () => Promise<pg.Client>

/** How long each request's transaction takes in either database, in turns; both are warm. */
export const paceOf = async (full: Connect, alone: Connect, requests: Captured[]): Promise<Paced[]> => {
  const timed = requests.map((request) => ({ request, full: [] as number[], alone: [] as number[] }))
  // Of the rounds' own ratios: a machine's pace can change by half within a run.
  const ratioOf = (one: (typeof timed)[number]) => medianRatio(one.full, one.alone)
  /** On new connections, as one may have a luck of its own that lasts: which core it is on, what lies where in memory. */
  const pass = async (some: typeof timed) => {
    if (some.length === 0) return
    const [here, there] = [await full(), await alone()]
    // Request by request, so that both databases have it as warm.
    for (const { request, ...times } of some) {
      for (let once = 0; once < 2; once += 1)
        await Promise.all([timeOf(here, request), timeOf(there, request)])
      for (let round = 0; round < ROUNDS; round += 1) {
        const takeFull = async () => times.full.push(await timeOf(here, request))
        const takeAlone = async () => times.alone.push(await timeOf(there, request))
        for (const take of round % 2 === 0 ? [takeFull, takeAlone] : [takeAlone, takeFull]) await take()
      }
    }
    await Promise.all([here.end(), there.end()])
  }
  await pass(timed)
  for (let more = 0; more < MORE_PASSES; more += 1)
    await pass(timed.filter((one) => one.request.isPage && ratioOf(one) > NEAR))
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
