import type pg from 'pg'
import { type Answer, send } from './client.ts'
import { type Kind, keyOf, type Ledger, type Thing, type Write } from './ledger.ts'
import type { Person } from './people.ts'
import { isShown, type Shown, shownIn } from './shown.ts'
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
  /** What there is now; once as Postgres and once as the API shows it. */
  rows: Shown[]
  answers: Shown[]
}

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
  const asked = ledger.writes.flatMap((write) => write.keys.map((key) => ({ key, write })))
  const keys = Map.groupBy(asked, ({ key }) => key)
  const committed = (key: string) => evidence.journal.get(key) ?? 0
  for (const [key, times] of keys) {
    judgeCount(
      key,
      times.map(({ write }) => write),
      committed(key),
      note,
    )
  }
  for (const { keys: effects, answer } of ledger.writes) {
    // Of what others asked for, too, it is not known by whom it was made.
    const own = effects.filter((key) => keys.get(key)?.length === 1)
    const made = own.filter((key) => committed(key) > 0)
    if (made.length > 0 && made.length < own.length) note('lost', `${answer}, and only ${made} was made`)
  }
  for (const key of evidence.journal.keys()) {
    if (!keys.has(key)) note('doubled', `nobody asked for "${key}"`)
  }
  for (const shown of [evidence.rows, evidence.answers]) {
    const there = Map.groupBy(shown, nameIn)
    for (const thing of [...ledger.things.values()].flatMap((things) => [...things])) {
      const found = there.get(nameIn(thing)) ?? []
      if (found.length > 1) note('doubled', `${nameIn(thing)} is there ${found.length} times`)
      else if (!isAsTold(found[0], thing)) note('lost', `${nameIn(thing)} is ${JSON.stringify(found[0])}`)
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

const nameIn = ({ kind, name }: Pick<Thing, 'kind' | 'name'>) => `${kind} ${name}`

const isAsTold = (shown: Shown | undefined, thing: Thing) =>
  thing.mayBe.some((state) => (state && shown ? isShown(shown, thing, state) : state === shown))

/** What has become of everything, read without faults. */
export const gather = async (client: pg.Client, worker: Worker, people: Person[]): Promise<Evidence> => {
  const { rows: committed } = await client.query<{
    kind: Kind
    name: string
    seen: unknown[] | null
    times: number
  }>('select kind, name, seen, count(*)::int as times from journal group by 1, 2, 3')
  const journal = new Map(committed.map(({ times, seen, ...thing }) => [keyOf(thing, seen), times]))
  const { rows } = await client.query<Shown>('select * from shown')
  const answers: Shown[] = []
  for (const person of people) answers.push(...(await everythingOf(worker, person)))
  return { journal, rows, answers }
}

interface Change {
  type: Kind
  id: string
  item: Record<string, unknown> | null
  deletedAt: string | null
}

/** The trash included, as a client hears of it that knows nothing yet. */
const everythingOf = async (worker: Worker, { accessToken }: Person): Promise<Shown[]> => {
  const changes: Change[] = []
  for (let path = '/v1/sync'; path; ) {
    const { status, body } = await patiently(() => send(worker, { path, token: accessToken }))
    if (status !== 200 || !Array.isArray(body?.changes))
      throw new Error(`reading back was answered ${status}`)
    changes.push(...body.changes)
    path = body.more ? `/v1/sync?since=${encodeURIComponent(String(body.next))}` : ''
  }
  const names = new Map(changes.map(({ id, item }) => [id, item?.name ?? item?.title]))
  const nameOf = (id: unknown) => names.get(String(id)) ?? null
  return changes.flatMap(({ type, item, deletedAt }) =>
    item ? [shownIn(type, item, nameOf, deletedAt !== null)] : [],
  )
}

/** A short deadline and a busy machine can make even this fail. */
const patiently = async (ask: () => Promise<Answer>): Promise<Answer> => {
  for (let tries = 1; ; tries += 1) {
    const answer = await ask()
    if (answer.status !== 503 || tries === MAX_TRIES) return answer
  }
}

const MAX_TRIES = 20
