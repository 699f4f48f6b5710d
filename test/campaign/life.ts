import { randomUUID } from 'node:crypto'
import { type Answer, send } from './client.ts'
import type { Route } from './contract.ts'
import { after } from './home.ts'
import { keyOf, type Ledger, type State, seenOf, type Thing, type Told } from './ledger.ts'
import { OPERATIONS } from './operations.ts'
import type { Person } from './people.ts'
import type { Plan } from './plan.ts'
import { tells } from './shown.ts'
import type { Worker } from './stage.ts'

/** Where a client writes for some people; `goesOn` says whether there is still something to write. */
export interface Desk {
  worker: Worker
  routes: Map<string, Route>
  people: Person[]
  ledger: Ledger
  random: () => number
  goesOn: () => boolean
}

/**
 * Lives one life after the other, and enters what it was told into the ledger. All things of a life are left alone after
 * an answer that is no acknowledgement, so that it is known what may have become of them.
 */
export const writeThings = async (desk: Desk): Promise<void> => {
  while (desk.goesOn()) {
    for (const person of desk.people) await live(desk, person)
  }
}

const live = async (desk: Desk, person: Person) => {
  const { ledger, random, goesOn } = desk
  const everything = ledger.things.get(person.id) ?? new Set<Thing>()
  ledger.things.set(person.id, everything)
  const completions = new Map<string, Thing>()
  let states: ReadonlyMap<Thing, State> = new Map()

  /** What makes sense, and has been asked for less often than the rest. */
  const choose = (): [string, Plan] => {
    const seldomFirst = Object.keys(OPERATIONS).toSorted(
      (one, other) => (ledger.asked.get(one) ?? 0) - (ledger.asked.get(other) ?? 0),
    )
    for (const operationId of seldomFirst) {
      const plan = OPERATIONS[operationId]?.plan({ states, everything, completions, random })
      if (plan) return [operationId, plan]
    }
    throw new Error('there is nothing that could be written')
  }

  while (goesOn()) {
    if (random() < READS && !(await read(desk, person, states))) return
    const [operationId, plan] = choose()
    ledger.asked.set(operationId, (ledger.asked.get(operationId) ?? 0) + 1)
    const outcome = new Map(plan.effects)
    for (const thing of outcome.keys()) everything.add(thing)
    const told = await write(desk, person, operationId, plan)
    for (const [thing, state] of outcome) {
      if (told === 'acknowledged') thing.mayBe = [state]
      else if (told !== 'unavailable') thing.mayBe = [...thing.mayBe, state]
    }
    if (told !== 'acknowledged') return
    states = after(states, plan.effects)
    // Some are left as they are, for the end to find.
    if (random() < LEFT) return
  }
}

/** How often a client reads before it writes, names the version that it means, and leaves things for good. */
const READS = 0.2
const CONDITIONS = 0.5
const LEFT = 0.05
/** How often it gives its write a key, and how often it then asks what became of it. */
const KEYED = 0.5
const REPEATS = 5

const write = async (
  { worker, routes, ledger, random }: Desk,
  person: Person,
  operationId: string,
  { id = '', version, query, body, effects, isTrue = () => true }: Plan,
): Promise<Told> => {
  const { method, path } = routes.get(operationId) ?? { method: '', path: '' }
  const idempotencyKey = random() < KEYED ? randomUUID() : undefined
  const ifMatch = version && random() < CONDITIONS ? `"${version}"` : undefined
  const call = {
    method,
    path: `${path.replace('{id}', id)}${query ? `?${new URLSearchParams(query)}` : ''}`,
    token: person.accessToken,
    idempotencyKey,
    ifMatch,
    ...(body && { body }),
  }
  const ask = async () => {
    const answer = await send(worker, call)
    const isSuccess = answer.status === OPERATIONS[operationId]?.status && isTrue(answer.body)
    return { answer, told: isSuccess ? 'acknowledged' : toldBy(answer) }
  }
  let { answer, told } = await ask()
  for (let again = 0; idempotencyKey && told === 'unknown' && again < REPEATS; again += 1) {
    const repeat = await ask()
    answer = { ...repeat.answer, tookMs: Math.max(answer.tookMs, repeat.answer.tookMs) }
    // What says that nothing was changed says it of itself, and not of the time before.
    if (repeat.told !== 'unavailable') told = repeat.told
  }
  ledger.writes.push({
    operationId,
    keys: effects.map(([thing, state]) => keyOf(thing, state && seenOf(state))),
    told,
    answer: `${operationId}: ${inShort(answer)}`,
    tookMs: answer.tookMs,
  })
  return told
}

const toldBy = ({ status, body }: Answer): Told => {
  if (status === 503 && body?.code === 'outcome_unknown') return 'unknown'
  if (status === 503 && body?.code === 'unavailable') return 'unavailable'
  return 'unexpected'
}

const read = async ({ worker, ledger, random }: Desk, person: Person, states: ReadonlyMap<Thing, State>) => {
  const there = [...states].filter(([{ id }, { inTrash }]) => id !== '' && !inTrash)
  const effect = there[Math.floor(random() * there.length)]
  if (!effect) return true
  const [{ kind, id }] = effect
  const answer = await send(worker, { path: `/v1/${kind}s/${id}`, token: person.accessToken })
  const isRight =
    answer.status === 200
      ? tells(answer.body, effect)
      : answer.status === 503 && answer.body?.code === 'unavailable'
  ledger.reads.push({ answer: `read ${kind}: ${inShort(answer)}`, isRight, tookMs: answer.tookMs })
  return isRight
}

const inShort = ({ status, body }: Answer) => `${status} ${body?.code ?? ''}`.trim()
