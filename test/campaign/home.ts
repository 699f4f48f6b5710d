import { randomUUID } from 'node:crypto'
import type { Effect, Kind, State, Thing } from './ledger.ts'
import { MARK } from './people.ts'
import { completionName } from './shown.ts'

/** What its owner knows to be there, and how they choose. */
export interface Home {
  /** Of this life. */
  states: ReadonlyMap<Thing, State>
  /** All that ever was theirs. */
  everything: ReadonlySet<Thing>
  /** By name: a task that is opened again is completed again. */
  completions: Map<string, Thing>
  random: () => number
}

/** The states once these effects are there. */
export const after = (states: ReadonlyMap<Thing, State>, effects: readonly Effect[]) => {
  const next = new Map(states)
  for (const [thing, state] of effects) {
    if (state) next.set(thing, state)
    else next.delete(thing)
  }
  return next
}

export const changed = (state: State, change: Partial<State>): State => ({
  ...state,
  ...change,
  version: state.version + 1,
})

export const named = (kind: Kind, name = `${MARK}-${kind}-${randomUUID()}`): Thing => ({
  kind,
  name,
  id: '',
  mayBe: [undefined],
})

export const completion = ({ completions }: Home, { name: title }: Thing, due: string | null): Thing => {
  const name = completionName(title, due)
  const thing = completions.get(name) ?? named('completion', name)
  completions.set(name, thing)
  return thing
}

export const NEW: State = {
  version: 1,
  text: null,
  isCompleted: false,
  due: null,
  list: undefined,
  parent: undefined,
  completedWith: undefined,
  label: undefined,
  isLabelHidden: false,
  inTrash: false,
}

/** The tasks that are part of that one, and how they are. */
export const partsOf = ({ states }: Pick<Home, 'states'>, task: Thing) =>
  [...states].filter(([, { parent }]) => parent === task)

/** Whether nothing that is part of it is in the trash by itself. */
export const isAllThere = (home: Home, task: Thing) =>
  partsOf(home, task).every(([, { inTrash }]) => !inTrash)

/** Into the trash, or out of it: a list with its tasks, a task with its parts, a label off its tasks. */
export const taking = (home: Home, thing: Thing, { intoTrash }: { intoTrash: boolean }): Effect[] => {
  const effects: Effect[] = []
  for (const [each, state] of home.states) {
    if (each === thing || state.list === thing || state.parent === thing)
      effects.push([each, changed(state, { inTrash: intoTrash })])
    else if (state.label === thing) effects.push([each, changed(state, { isLabelHidden: intoTrash })])
  }
  return effects
}

/** For good: a list with its tasks, a task with its parts, and with what was noted of it. */
export const purged = ({ states }: Pick<Home, 'states'>, thing: Thing): Effect[] => {
  const things = [...states].flatMap(([each, { list, parent }]) =>
    each === thing || list === thing || parent === thing ? [each] : [],
  )
  return things.flatMap((each) => [each, ...completionsOf({ states }, each)]).map((each) => [each, undefined])
}

/** What is in the trash by itself, and not with its list or what it is part of. */
export const trashOf = (states: ReadonlyMap<Thing, State>) =>
  [...states].flatMap(([thing, { inTrash, list, parent }]) =>
    inTrash && ![list, parent].some((other) => other && states.get(other)?.inTrash) ? [thing] : [],
  )

export const completionsOf = ({ states }: Pick<Home, 'states'>, { kind, name }: Thing) =>
  [...states.keys()].filter(
    (thing) => kind === 'task' && thing.kind === 'completion' && thing.name.startsWith(`${name} `),
  )

export const isEnough = ({ states }: Home, kind: Kind) =>
  [...states.keys()].filter((thing) => thing.kind === kind).length >= MOST

/** One of that kind that is there, and how it is. */
export const one = (
  { states, random }: Home,
  kind: Kind,
  fits: (state: State, thing: Thing) => boolean = () => true,
): [Thing, State] | undefined =>
  anyOf(
    [...states].filter(
      ([thing, state]) => thing.kind === kind && thing.id !== '' && !state.inTrash && fits(state, thing),
    ),
    random,
  )

const PERHAPS = 0.5

export const perhaps = (home: Home, kind: Kind) =>
  home.random() < PERHAPS ? one(home, kind)?.[0] : undefined

export const anyOf = <T>(some: readonly T[], random: () => number): T | undefined =>
  some[Math.floor(random() * some.length)]

/** How many things of a kind a life has. */
const MOST = 4
