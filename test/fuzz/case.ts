import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { marksIn } from '../../src/quick/marks.ts'
import { operationOf, reasonToRefuse } from './assess.ts'
import { JSON_TYPE, type Operation } from './contract.ts'
import { comeBack, isObject, madeIn } from './kept.ts'
import { ALSO_CHANGED, KNOWN_THINGS, TAKES_AWAY } from './known.ts'
import { makerOf } from './lane.ts'
import { mutated } from './mutations.ts'
import { judge, Violation } from './oracle.ts'
import { callOf, goodParts } from './places.ts'
import type { Step } from './steps.ts'
import { type Answer, type Call, jsonOf, shortened } from './wire.ts'
import type { Person, World } from './world.ts'

/** Something that the person of a case has made, as it should be now. */
interface Thing {
  /** As in the contract, `/v1/tasks/{id}`. */
  path: string
  target: string
  value: Record<string, unknown>
  etag: string
  isThere: boolean
}

/**
 * Makes the calls of a case as a new person, and follows what should come of them. Throws a `Violation` where
 * an answer is not one of the contract's, a good call is refused, a bad one accepted, or a thing is not as its
 * changes left it.
 */
export const runCase = async (world: World, othersIds: string[], steps: Step[]): Promise<void> => {
  const person = await world.newPerson()
  const things: Thing[] = []
  // Once an account was changed or left, sessions may have ended, and everything may be gone.
  let isSettled = true
  const names: string[] = []
  for (const step of steps) {
    const operation = world.contract.operations.find(({ id }) => id === step.operation)
    if (!operation) throw new Error(`there is no operation ${step.operation}`)
    const own = await ownThing(world, operation, person, things, step, isSettled)
    const target = targetOf(operation, own, step, othersIds)
    const good = callOf(operation, person, {
      path: {},
      query: Object.entries(step.query).map(([name, value]) => [name, String(value)]),
      headers: conditionOf(operation, own, step),
      body: step.body,
    })
    const [, search] = good.target.split('?')
    const plain = { ...good, target: search ? `${target}?${search}` : target }
    const call = step.mutation ? mutated(plain, step.mutation) : plain
    const called = step.mutation ? operationOf(world.contract, call) : operation

    const answer = await world.send(call, called?.id)
    const value = judge(world.contract, called, call, answer)
    if (called) {
      names.push(...namesIn(step.body))
      const mayClash = new Set(names).size < names.length
      const isOfState = (answer.status === 409 && mayClash) || lacksDue(answer)
      if (isSettled && !isOfState) confirmStatus(world, called, call, answer, step, own)
      if (answer.status < 300) {
        apply(world, called, call, answer, value, own, things)
        if (called.method !== 'GET' && called.credentials.includes('sessionToken')) isSettled = false
      }
    }
  }
  if (isSettled) for (const thing of things) await confirmThing(world, person, thing)
}

/** Whether it was refused for what a task is besides what was sent: without a due, or with one after which its rule never comes true. */
const lacksDue = ({ status, text }: Answer) =>
  status === 400 && (text.includes('while the task recurs') || text.includes('never comes true after'))

/** What a body calls things, as the server compares names: those of labels are all different. */
const namesIn = (body: unknown): string[] => {
  if (Array.isArray(body)) return body.flatMap(namesIn)
  if (!isObject(body)) return []
  const { name, text, ...others } = body
  const words = typeof text === 'string' ? marksIn(text).labels : []
  const own = [...words, ...(typeof name === 'string' ? [name] : [])].map((each) => each.trim().toLowerCase())
  return [...own, ...Object.values(others).flatMap(namesIn)]
}

/** The thing of the person's own that the step is about: made now, if there is none yet. */
const ownThing = async (
  world: World,
  { path }: Operation,
  person: Person,
  things: Thing[],
  { whose }: Step,
  isSettled: boolean,
): Promise<Thing | undefined> => {
  if (!path.includes('{') || typeof whose !== 'object' || !('own' in whose)) return undefined
  const upToIt = path.slice(0, path.indexOf('}') + 1)
  const ofKind = things.filter((thing) => thing.path === upToIt)
  const known = KNOWN_THINGS[upToIt]
  if (ofKind.length === 0 && isSettled && known) {
    const target = upToIt.replace(/\{\w+\}/, await known(world, person))
    const thing = { path: upToIt, target, value: {}, etag: '', isThere: true }
    things.push(thing)
    return thing
  }
  if (ofKind.length === 0 && isSettled) {
    const maker = makerOf(world.contract.operations, upToIt)
    const call = callOf(maker, person, goodParts(world.contract, maker, person, {}))
    const answer = await world.send(call, maker.id)
    const value = judge(world.contract, maker, call, answer)
    if (answer.status !== 201) throw new Violation("The contract's own example is refused", call, answer)
    const thing = thingOf(upToIt, answer, value)
    things.push(thing)
    return thing
  }
  return ofKind[whose.own % Math.max(ofKind.length, 1)]
}

const thingOf = (path: string, { headers }: Answer, value: unknown): Thing => ({
  path,
  target: String(headers.location),
  value: isObject(value) ? value : {},
  etag: String(headers.etag),
  isThere: true,
})

const targetOf = ({ path }: Operation, own: Thing | undefined, { whose }: Step, othersIds: string[]) => {
  if (own) return path.replace(own.path, own.target)
  const id = typeof whose === 'object' && 'malformed' in whose ? whose.malformed : undefined
  const strangers = whose === 'of another person' ? othersIds[0] : undefined
  return path.replaceAll(/\{\w+\}/g, id ?? strangers ?? randomUUID())
}

const conditionOf = ({ parameters }: Operation, own: Thing | undefined, { condition }: Step) => {
  const header = parameters.find((one) => one.in === 'header' && /^if-/i.test(one.name))
  const tag = { current: own?.etag ?? '"1"', stale: '"999999"', any: '*' }[condition ?? 'any']
  return header && condition ? ([[header.name, tag]] satisfies Call['headers']) : []
}

/** Throws a `Violation` unless the status is the one that the call and the thing's state ask for. */
const confirmStatus = (
  { contract }: World,
  operation: Operation,
  call: Call,
  answer: Answer,
  step: Step,
  own: Thing | undefined,
) => {
  const { status } = answer
  const fail = (what: string): never => {
    throw new Violation(what, call, answer)
  }
  const reason = reasonToRefuse(contract, operation, call)
  if (reason !== undefined && status < 400)
    fail(`A call is accepted that the contract does not take: ${reason}`)
  const isOfData = operation.credentials.includes('accessToken')
  if (!isOfData) return
  const isMissing = operation.path.includes('{') && !own?.isThere
  if (isMissing && (status < 400 || status === 412)) fail('What is not there, or is not theirs, is')
  if (step.mutation || reason !== undefined) return
  if (isMissing) return status === 404 ? undefined : fail('What is not there is not answered 404')
  const isConditional = operation.parameters.some(({ name }) => /^if-match$/i.test(name))
  if (isConditional && step.condition === 'stale') return status === 412 ? undefined : fail('A stale change')
  if (status >= 400) fail('A call is refused that the contract takes')
}

/** Notes what an accepted call has made of the thing; throws a `Violation` if that is not what was asked for. */
const apply = (
  { contract }: World,
  operation: Operation,
  call: Call,
  answer: Answer,
  value: unknown,
  own: Thing | undefined,
  things: Thing[],
) => {
  const sent: unknown = operation.body ? jsonOf(call) : undefined
  if (operation.body) {
    const { should, are } = comeBack(contract, operation.body, sent, value)
    if (!isDeepStrictEqual(are, should)) {
      const difference = `${shortened(JSON.stringify(are))} for ${shortened(JSON.stringify(should))}`
      throw new Violation(`What came back is not what was sent, but ${difference}`, call, answer)
    }
  }
  if (operation.method === 'GET' || !operation.credentials.includes('accessToken')) return
  if (answer.status === 201 && answer.headers.location) {
    const path = String(answer.headers.location).replace(/[^/]+$/, '{id}')
    things.push(thingOf(path, answer, madeIn(operation.id, value)))
    return
  }
  if (operation.method === 'DELETE') {
    // All that a collection has.
    for (const thing of things) if (thing.path.startsWith(`${operation.path}/{`)) thing.isThere = false
  }
  if (!own) return
  const isDeleted = operation.method === 'DELETE' && operation.path === own.path
  if (isDeleted || TAKES_AWAY.includes(operation.id)) own.isThere = false
  else if (isObject(value)) {
    const named = [...(isObject(sent) ? Object.keys(sent) : []), ...(ALSO_CHANGED[operation.id] ?? [])]
    const settable = operationsOn(contract.operations, own.path).flatMap(({ body }) =>
      Object.keys((body && contract.resolved(body).properties) ?? {}),
    )
    const changed = settable.filter(
      (name) => !named.includes(name) && !isDeepStrictEqual(value[name], own.value[name]),
    )
    if (changed.length > 0) throw new Violation(`What was not asked for is changed: ${changed}`, call, answer)
    Object.assign(own, { value, etag: String(answer.headers.etag) })
  }
}

const operationsOn = (operations: Operation[], path: string) =>
  operations.filter((operation) => operation.path.startsWith(path))

const confirmThing = async (
  { contract, send }: World,
  { token }: Person,
  { path, target, value, isThere }: Thing,
) => {
  const reading = contract.operations.find(
    (operation) => operation.method === 'GET' && operation.path === path,
  )
  if (!reading && KNOWN_THINGS[path]) return
  if (!reading) throw new Error(`no operation reads ${path}`)
  const headers: Call['headers'] = [
    ['Authorization', `Bearer ${token}`],
    ['Accept', JSON_TYPE],
  ]
  const call = { method: 'GET', target, headers }
  const answer = await send(call, reading.id)
  const now = judge(contract, reading, call, answer)
  const isAsLeft = isThere ? isDeepStrictEqual(now, value) : answer.status === 404
  if (!isAsLeft)
    throw new Violation(
      `At the end it is not ${isThere ? shortened(JSON.stringify(value)) : 'gone'}`,
      call,
      answer,
    )
}
