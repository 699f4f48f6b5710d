import { changed, type Home, isAllThere, isEnough, NEW, named, one, partsOf, taking } from './home.ts'
import type { Effect, Kind, State, Thing } from './ledger.ts'
import { tells, type View } from './shown.ts'

/** A call that somebody could make, and what must be true if it is acknowledged. */
export interface Plan {
  /** What the path names, and which version it has. */
  id?: string
  version?: number
  query?: Record<string, string>
  body?: object
  effects: Effect[]
  /** Whether the answer tells what is true then. */
  isTrue?: (answer: View) => boolean
}

/** A call whose answer tells the thing as it is then. */
export const making = (effect: Effect, call: Omit<Plan, 'effects'>, also: Effect[] = []): Plan => ({
  ...call,
  effects: [effect, ...also],
  isTrue: (answer) => tells(answer, effect),
})

export const creating = (home: Home, kind: 'list' | 'label') => {
  if (isEnough(home, kind)) return undefined
  const thing = named(kind)
  return making([thing, { ...NEW }], { body: { name: thing.name } })
}

export const changing = (home: Home, kind: Kind, body: Record<string, string>) => {
  const found = one(home, kind)
  if (!found) return undefined
  const [thing, state] = found
  const next = changed(state, { text: Object.values(body)[0] ?? null })
  return making([thing, next], { id: thing.id, version: state.version, body })
}

/** To the other side of another thing, or to the end, which is another place than the one that it has. */
export const moving = (home: Home, kind: Kind, list?: Thing): Plan | undefined => {
  const isPlaced = ({ position }: State) => position !== undefined
  const found = one(home, kind, (state, each) => isPlaced(state) && isAllThere(home, each))
  const beside = one(home, kind, (state, each) => isPlaced(state) && each !== found?.[0])
  if (!found || !beside) return undefined
  const [[thing, state], [other, { position: place = '' }]] = [found, beside]
  const forward = String(state.position) > place
  const side = forward ? { before: other.id } : home.random() < HALF ? { after: other.id } : {}
  // What is part of another stays in its list, and what is part of it comes along.
  const to = state.parent ? state.list : list
  const next = changed(state, { position: undefined, list: to })
  const along = to === state.list ? [] : partsOf(home, thing)
  return {
    id: thing.id,
    version: state.version,
    body: { ...side, ...(kind === 'task' && !state.parent && { listId: to?.id ?? null }) },
    effects: [[thing, next], ...along.map(([part, its]): Effect => [part, changed(its, { list: to })])],
    isTrue: (answer) =>
      tells(answer, [thing, next]) && String(next.position) < place === forward && next.position !== place,
  }
}

export const deleting = (home: Home, found: [Thing, State] | undefined): Plan | undefined => {
  if (!found) return undefined
  const [thing, { version }] = found
  return { id: thing.id, version, effects: taking(home, thing, { intoTrash: true }) }
}

const HALF = 0.5
