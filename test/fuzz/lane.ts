import type { Operation } from './contract.ts'
import { KNOWN_THINGS } from './known.ts'
import { callOf, goodParts } from './places.ts'
import type { Person, World } from './world.ts'

/** One of those that send requests at the same time: a person, and the things of theirs to ask for. */
export interface Lane {
  person: Person
  /** Ids by the path up to them, `/v1/tasks/{id}`. */
  ids: Map<string, string>
}

/** Does all the work, in that many lanes. The first failure ends them all. */
export const inLanes = async <T>(
  world: World,
  lanes: number,
  work: Iterable<T>,
  act: (item: T, lane: Lane) => Promise<void>,
): Promise<void> => {
  const queue = work[Symbol.iterator]()
  let failed = false
  const runLane = async () => {
    const lane: Lane = { person: await world.newPerson(), ids: new Map() }
    for (let next = queue.next(); !next.done && !failed; next = queue.next()) {
      await act(next.value, lane).catch((error) => {
        failed = true
        throw error
      })
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: lanes }, runLane))
  const failure = ends.find((end) => end.status === 'rejected')
  if (failure) throw failure.reason
}

/** An id of the lane's for each parameter of the path. */
export const idsFor = async (world: World, { path, parameters }: Operation, lane: Lane) => {
  const ids: Record<string, string> = {}
  for (const { name } of parameters.filter((parameter) => parameter.in === 'path')) {
    const upToIt = path.slice(0, path.indexOf(`{${name}}`) + name.length + 2)
    const id = lane.ids.get(upToIt) ?? (await makeThing(world, upToIt, lane.person))
    lane.ids.set(upToIt, id)
    ids[name] = id
  }
  return ids
}

/**
 * Makes what the id at the end of that path names, with the contract's example, by the operation that
 * answers 201 with a Location there, or as is known beside. Gives the id.
 */
const makeThing = async (world: World, path: string, person: Person): Promise<string> => {
  const known = KNOWN_THINGS[path]
  if (known) return known(world, person)
  const { contract, send } = world
  const maker = makerOf(contract.operations, path)
  const answer = await send(callOf(maker, person, goodParts(contract, maker, person, {})), maker.id)
  const id = String(answer.headers.location ?? '')
    .split('/')
    .at(-1)
  if (!id) throw new Error(`${maker.id} answered its own example with ${answer.status} ${answer.text}`)
  return id
}

export const makerOf = (operations: Operation[], path: string): Operation => {
  const collection = path.slice(0, path.lastIndexOf('/'))
  const maker = operations.find(
    ({ method, path, responses }) =>
      method === 'POST' && path === collection && responses[201]?.headers?.Location !== undefined,
  )
  if (!maker) throw new Error(`the fuzzing does not know how to make what ${path} names`)
  return maker
}
