import { randomUUID } from 'node:crypto'
import { type Answer, type Call, send } from './client.ts'
import { keyOf, type Ledger, type TaskState, type Told, type Verb } from './ledger.ts'
import { MARK, type Person } from './people.ts'
import type { Worker } from './stage.ts'

/** Where a client writes for some people; `goesOn` says whether there is still something to write. */
export interface Desk {
  worker: Worker
  people: Person[]
  ledger: Ledger
  random: () => number
  goesOn: () => boolean
}

/**
 * Writes one task after the other, and enters what it was told into the ledger. A task is left alone after
 * an answer that is no acknowledgement, so that it is known what may have become of it.
 */
export const writeTasks = async (desk: Desk): Promise<void> => {
  while (desk.goesOn()) {
    for (const person of desk.people) await live(desk, person)
  }
}

const live = async (desk: Desk, person: Person) => {
  const { ledger, random, goesOn } = desk
  const title = `${MARK} task ${randomUUID()}`
  const born: TaskState = { title, notes: '', isCompleted: false, version: 1 }
  const record = { ownerId: person.id, id: '', mayBe: [undefined] as (TaskState | undefined)[] }
  ledger.tasks.set(title, record)

  let state: TaskState | undefined
  const write = async (
    verb: Verb,
    next: TaskState | undefined,
    call: Omit<Call, 'token'>,
  ): Promise<boolean> => {
    const idempotencyKey = random() < KEYED ? randomUUID() : undefined
    const ask = async () => {
      const answer = await send(desk.worker, { ...call, token: person.accessToken, idempotencyKey })
      return { answer, told: toldBy(answer, SUCCESS[verb], next) }
    }
    let { answer, told } = await ask()
    for (let again = 0; idempotencyKey && told === 'unknown' && again < REPEATS; again += 1) {
      const repeat = await ask()
      answer = { ...repeat.answer, tookMs: Math.max(answer.tookMs, repeat.answer.tookMs) }
      // What says that nothing was changed says it of itself, and not of the time before.
      if (repeat.told !== 'unavailable') told = repeat.told
    }
    const key = hasEffect(state, next) ? keyOf(verb, next ?? state ?? born) : undefined
    ledger.writes.push({ key, told, answer: `${verb}: ${inShort(answer)}`, tookMs: answer.tookMs })
    if (told === 'acknowledged') record.mayBe = [next]
    else if (told !== 'unavailable') record.mayBe = [state, next]
    if (told !== 'acknowledged') return false
    if (verb === 'create') record.id = String(answer.body?.id)
    state = next
    return true
  }

  if (!(await write('create', born, { method: 'POST', path: '/v1/tasks', body: { title } }))) return
  while (state && goesOn()) {
    if (random() < READS && !(await read(desk, person, record.id, state))) return
    const [verb, next, call] = nextWrite(state, random)
    const ifMatch = random() < CONDITIONS ? `"${state.version}"` : undefined
    const path = `/v1/tasks/${record.id}${call.suffix ?? ''}`
    if (
      !(await write(verb, next, {
        method: call.method,
        path,
        ifMatch,
        ...(call.body && { body: call.body }),
      }))
    )
      return
    // Some are left as they are, for the end to find.
    if (random() < LEFT) return
  }
}

/** How often a client reads before it writes, names the version that it means, and leaves a task for good. */
const READS = 0.2
const CONDITIONS = 0.5
/** How often it gives its write a key, and how often it then asks what became of it. */
const KEYED = 0.5
const REPEATS = 5
const LEFT = 0.05

const SUCCESS: Record<Verb, number> = { create: 201, change: 200, complete: 200, reopen: 200, delete: 204 }

type NextWrite = [Verb, TaskState | undefined, { method: string; suffix?: string; body?: { notes: string } }]

const nextWrite = (state: TaskState, random: () => number): NextWrite => {
  const drawn = random()
  if (drawn < 0.4) {
    const notes = `${MARK} notes ${randomUUID()}`
    return ['change', { ...state, notes, version: state.version + 1 }, { method: 'PATCH', body: { notes } }]
  }
  if (drawn < 0.5) return ['delete', undefined, { method: 'DELETE' }]
  // Mostly the one that changes something; what is completed may be completed again.
  const isCompleted = random() < 0.1 ? state.isCompleted : !state.isCompleted
  const next = { ...state, isCompleted, version: state.version + Number(isCompleted !== state.isCompleted) }
  return isCompleted
    ? ['complete', next, { method: 'POST', suffix: '/completion' }]
    : ['reopen', next, { method: 'DELETE', suffix: '/completion' }]
}

const hasEffect = (state: TaskState | undefined, next: TaskState | undefined) =>
  state?.version !== next?.version

const toldBy = ({ status, body }: Answer, success: number, next: TaskState | undefined): Told => {
  if (status === success) return !next || shows(body, next) ? 'acknowledged' : 'unexpected'
  if (status === 503 && body?.code === 'outcome_unknown') return 'unknown'
  if (status === 503 && body?.code === 'unavailable') return 'unavailable'
  return 'unexpected'
}

const read = async ({ worker, ledger }: Desk, person: Person, id: string, state: TaskState) => {
  const answer = await send(worker, { path: `/v1/tasks/${id}`, token: person.accessToken })
  const isRight =
    answer.status === 200
      ? shows(answer.body, state)
      : answer.status === 503 && answer.body?.code === 'unavailable'
  ledger.reads.push({ answer: `read: ${inShort(answer)}`, isRight, tookMs: answer.tookMs })
  return isRight
}

/** Whether a task, as the API or Postgres shows it, is in that state. */
export const shows = (task: Record<string, unknown> | undefined, state: TaskState): boolean =>
  task?.title === state.title &&
  task.notes === state.notes &&
  task.version === state.version &&
  (task.completedAt !== null) === state.isCompleted

const inShort = ({ status, body }: Answer) => `${status} ${body?.code ?? ''}`.trim()
