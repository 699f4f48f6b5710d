import { coldStart } from './cold-start.ts'
import { load } from './load.ts'
import { type Peer, type PeerName, startPeers } from './peers.ts'
import type { Stage } from './stage.ts'
import { percentile } from './statistics.ts'

/** For each peer one figure a round; figures of one round were taken next to each other. */
export type Series = Record<PeerName, number[]>

export interface Requests {
  /** Requests per second at 16 connections. */
  throughput: Series
  /** Milliseconds, one request at a time. */
  p50Ms: Series
  p99Ms: Series
  /** Milliseconds from the start of workerd to the first answer. */
  coldStartMs: Record<ColdStarter, number[]>
}

interface Pace {
  throughput: { rounds: number; durationMs: number }
  latency: { rounds: number; durationMs: number }
  coldStarts: number
}

const THOROUGH: Pace = {
  throughput: { rounds: 12, durationMs: 1000 },
  latency: { rounds: 8, durationMs: 750 },
  coldStarts: 15,
}

const QUICK: Pace = {
  throughput: { rounds: 4, durationMs: 500 },
  latency: { rounds: 3, durationMs: 300 },
  coldStarts: 5,
}

const CONNECTIONS = 16

const COLD_STARTERS = ['bare', 'direct', 'edgewise'] as const

type ColdStarter = (typeof COLD_STARTERS)[number]

/** Edgewise beside its peers, in turns that are short against the drift of a machine. */
export const measureRequests = async (stage: Stage, { quick }: { quick: boolean }): Promise<Requests> => {
  const pace = quick ? QUICK : THOROUGH
  const named = await startPeers(stage)
  const peers = Object.values(named)
  const many = { connections: CONNECTIONS, durationMs: pace.throughput.durationMs }
  const one = { connections: 1, durationMs: pace.latency.durationMs }
  for (const peer of peers) await load(peer, many)

  const throughput = newSeries()
  for (let round = 0; round < pace.throughput.rounds; round++) {
    for (const peer of turned(peers, round)) {
      throughput[peer.name].push((await load(peer, many)).requestsPerSecond)
    }
  }

  const [p50Ms, p99Ms] = [newSeries(), newSeries()]
  for (let round = 0; round < pace.latency.rounds; round++) {
    for (const peer of turned(peers, round)) {
      const { latenciesMs } = await load(peer, one)
      p50Ms[peer.name].push(percentile(latenciesMs, 50))
      p99Ms[peer.name].push(percentile(latenciesMs, 99))
    }
  }

  const coldStartMs: Requests['coldStartMs'] = { bare: [], direct: [], edgewise: [] }
  for (const name of COLD_STARTERS) await coldStart(named[name])
  for (let round = 0; round < pace.coldStarts; round++) {
    for (const name of COLD_STARTERS) coldStartMs[name].push(await coldStart(named[name]))
  }

  return { throughput, p50Ms, p99Ms, coldStartMs }
}

const newSeries = (): Series => ({
  bare: [],
  direct: [],
  'session first': [],
  edgewise: [],
  'bad token': [],
})

/** Each round begins with another peer, so that none always follows the same one. */
const turned = (peers: Peer[], round: number): Peer[] => {
  const first = round % peers.length
  return [...peers.slice(first), ...peers.slice(0, first)]
}
