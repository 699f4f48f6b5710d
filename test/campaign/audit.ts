import type pg from 'pg'
import { type Answer, send } from './client.ts'
import { keyOf, type Ledger, type TaskRecord, type Verb, type Write } from './ledger.ts'
import { shows } from './life.ts'
import type { Person } from './people.ts'
import type { Worker } from './stage.ts'

/** What must be nought, and a few words about each that is not. */
export interface Verdict {
  lost: number
  doubled: number
  falseSuccesses: number
  /** "Nothing was changed", and it was. */
  falseRefusals: number
  late: number
  unexpected: number
  details: string[]
}

interface Evidence {
  /** How often Postgres committed the write of each key. */
  journal: Map<string, number>
  /** What there is now, by title; once as Postgres and once as the API shows it. */
  rows: Map<string, Row[]>
  answers: Map<string, Row[]>
}

type Row = Record<string, unknown>

/** Compares what clients were told with what has become of it. */
export const audit = (ledger: Ledger, evidence: Evidence, latestMs: number): Verdict => {
  const verdict: Verdict = {
    lost: 0,
    doubled: 0,
    falseSuccesses: 0,
    falseRefusals: 0,
    late: 0,
    unexpected: 0,
    details: [],
  }
  const note = (fault: Exclude<keyof Verdict, 'details'>, detail: string) => {
    verdict[fault] += 1
    verdict.details.push(`${fault}: ${detail}`)
  }
  const keys = Map.groupBy(ledger.writes, ({ key }) => key)
  for (const [key, writes] of keys) {
    if (key) judgeCount(key, writes, evidence.journal.get(key) ?? 0, note)
  }
  for (const key of evidence.journal.keys()) {
    if (!keys.has(key)) note('doubled', `nobody asked for "${key}"`)
  }
  for (const [title, task] of ledger.tasks) {
    for (const seen of [evidence.rows, evidence.answers]) {
      const found = seen.get(title) ?? []
      if (found.length > 1) note('doubled', `${title} is there ${found.length} times`)
      else if (!isOneOf(found[0], task)) note('lost', `${title} is ${JSON.stringify(found[0])}`)
    }
  }
  for (const { told, answer, tookMs } of ledger.writes) {
    if (told === 'unexpected') note('unexpected', answer)
    if (tookMs > latestMs) note('late', `${answer} after ${Math.round(tookMs)} ms`)
  }
  for (const { isRight, answer, tookMs } of ledger.reads) {
    if (!isRight) note('unexpected', answer)
    if (tookMs > latestMs) note('late', `${answer} after ${Math.round(tookMs)} ms`)
  }
  return verdict
}

const judgeCount = (
  key: string,
  writes: Write[],
  committed: number,
  note: (fault: 'doubled' | 'falseSuccesses' | 'falseRefusals', detail: string) => void,
) => {
  const countOf = (told: Write['told']) => writes.filter((write) => write.told === told).length
  const [acknowledged, unknown] = [countOf('acknowledged'), countOf('unknown') + countOf('unexpected')]
  const detail = `${key}, committed ${committed} times (${writes.map(({ answer }) => answer)})`
  if (committed < acknowledged) note('falseSuccesses', detail)
  if (committed > acknowledged + unknown) {
    note(countOf('unavailable') > 0 ? 'falseRefusals' : 'doubled', detail)
  }
}

const isOneOf = (row: Row | undefined, { id, mayBe }: TaskRecord) =>
  mayBe.some((state) => (state && row ? shows(row, state) && (id === '' || row.id === id) : state === row))

/** What has become of everybody's tasks, read without faults. */
export const gather = async (client: pg.Client, worker: Worker, people: Person[]): Promise<Evidence> => {
  const { rows: committed } = await client.query<{
    verb: Verb
    title: string
    notes: string
    version: number
    times: number
  }>(`select verb, title, notes, version, count(*)::int as times from journal group by 1, 2, 3, 4`)
  const journal = new Map<string, number>()
  for (const { verb, times, ...task } of committed) {
    const key = keyOf(verb, { ...task, isCompleted: verb === 'complete' })
    journal.set(key, (journal.get(key) ?? 0) + times)
  }
  const { rows } = await client.query<Row>(
    `select id, title, notes, version, completed_at as "completedAt" from tasks where deleted_at is null`,
  )
  const answers: Row[] = []
  for (const person of people) answers.push(...(await everyTaskOf(worker, person)))
  return { journal, rows: byTitle(rows), answers: byTitle(answers) }
}

const byTitle = (rows: Row[]) => Map.groupBy(rows, ({ title }) => String(title))

const everyTaskOf = async (worker: Worker, { accessToken }: Person): Promise<Row[]> => {
  const tasks: Row[] = []
  let cursor = ''
  do {
    const path = `/v1/tasks?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const { status, body } = await patiently(() => send(worker, { path, token: accessToken }))
    if (status !== 200 || !Array.isArray(body?.items)) throw new Error(`reading back was answered ${status}`)
    tasks.push(...body.items)
    cursor = String(body.nextCursor ?? '')
  } while (cursor)
  return tasks
}

/** A short deadline and a busy machine can make even this fail. */
const patiently = async (ask: () => Promise<Answer>): Promise<Answer> => {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask()
    if (answer.status !== 503 || tries === MAX_TRIES) return answer
  }
}

const MAX_TRIES = 20
