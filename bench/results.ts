import type { PeerName } from './peers.ts'
import type { Requests, Series } from './requests.ts'
import { median, medianRatio } from './statistics.ts'

/** A promise of the design's performance section: what was measured, and what it may be. */
export interface Budget {
  what: string
  measured: number
  limit: number
  kind: 'at least' | 'at most'
}

export const isKept = ({ measured, limit, kind }: Budget): boolean =>
  kind === 'at least' ? measured >= limit : measured <= limit

export const budgetsOf = ({ throughput, coldStartMs }: Requests): Budget[] => [
  {
    what: 'throughput, to the same SQL without auth or scope',
    measured: medianRatio(throughput.edgewise, throughput.direct),
    limit: 0.6,
    kind: 'at least',
  },
  {
    what: 'throughput, to the session looked up first',
    measured: medianRatio(throughput.edgewise, throughput['session first']),
    limit: 1.5,
    kind: 'at least',
  },
  {
    what: 'cold start, to bare Hono',
    measured: medianRatio(coldStartMs.edgewise, coldStartMs.bare),
    limit: 2,
    kind: 'at most',
  },
]

/** The report in Markdown; `machine` says where the figures come from. */
export const report = (requests: Requests, machine: string) => {
  const { throughput, p50Ms, p99Ms, coldStartMs } = requests
  return `# Results

Made by \`npm run bench\` on ${machine}.

Every figure is the median of rounds in which the peers took turns, every ratio that of the rounds' own ratios.
Load, Workers, local Neon and Postgres share the machine: compare ratios, not figures.

## One page of 50 tasks, real Postgres

${table(
  ['', 'requests/s at 16', 'p50 at 1', 'p99 at 1', 'requests/s to Edgewise', 'p50 to Edgewise'],
  PEERS.map(([name, title]) => [
    title,
    median(throughput[name]).toFixed(0),
    milliseconds(median(p50Ms[name])),
    milliseconds(median(p99Ms[name])),
    toEdgewise(throughput, name),
    toEdgewise(p50Ms, name),
  ]),
)}

## Cold start, workerd's start to the first answer

${table(
  ['', 'time', 'to bare Hono'],
  COLD_STARTS.map(([name, title]) => [
    title,
    milliseconds(median(coldStartMs[name])),
    name === 'bare' ? '1' : times(medianRatio(coldStartMs[name], coldStartMs.bare)),
  ]),
)}

## Budgets

${table(
  ['Edgewise', 'measured', 'budget', ''],
  budgetsOf(requests).map((budget) => [
    budget.what,
    times(budget.measured),
    `${budget.kind} ${times(budget.limit)}`,
    isKept(budget) ? 'ok' : '**over**',
  ]),
)}
`
}

const PEERS: [PeerName, string][] = [
  ['bare', 'Bare Hono, a constant'],
  ['direct', 'Hono, the same SQL through the same driver, no auth, no scope'],
  ['session first', 'Hono, the session looked up in a first query'],
  ['edgewise', '**Edgewise**'],
  ['bad token', 'Edgewise, token refused'],
]

const COLD_STARTS: ['bare' | 'direct' | 'edgewise', string][] = [
  ['bare', 'Bare Hono, a constant'],
  ['direct', 'Hono, Drizzle and the Neon driver, a page of tasks'],
  ['edgewise', '**Edgewise**, a page of tasks: reads its key, then the data'],
]

const toEdgewise = (series: Series, name: PeerName) =>
  name === 'edgewise' ? '1' : times(medianRatio(series[name], series.edgewise))

const times = (ratio: number) => `${ratio.toFixed(2)} ×`

const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`

const table = (head: string[], rows: string[][]) =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
