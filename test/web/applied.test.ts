import fc from 'fast-check'
import { describe, it } from 'vitest'
import {
  createEdgewise,
  createStore,
  EdgewiseError,
  type Operation,
  type StoreState,
} from '../../client/src/index.ts'
import { applied } from '../../web/src/replica/operation.ts'
import { byPosition } from '../../web/src/replica/position.ts'
import { signUp } from '../support/person.ts'
import { holds } from '../support/property.ts'
import { env, send } from '../support/worker.ts'
import { newLabel, newList, newTask } from './support/task.ts'

/** What is done next, to things that are only known then: numbers choose among those that there are. */
interface Choice {
  kind: Operation['operation']
  thing: number
  other: number
  text: string
  what: number
}

const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('createTask' as const) },
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        ...(['changeTask', 'moveTask', 'completeTask', 'reopenTask', 'deleteTask'] as const),
      ),
    },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        ...(['createList', 'changeList', 'moveList', 'createLabel', 'changeLabel'] as const),
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom(...(['deleteList', 'deleteLabel'] as const)) },
  ),
  thing: fc.nat(),
  other: fc.nat(),
  text: fc.constantFrom('milk', ' bread ', 'ärger', '📦 box', 'x'.repeat(100)),
  what: fc.nat(),
})

const DUES = [{ date: '2031-03-03' }, { dateTime: '2031-03-04T09:00:00' }, null] as const
const RECURRENCES = [
  { rule: 'freq=weekly' },
  { rule: 'FREQ=DAILY;INTERVAL=3', from: 'completion' as const },
  null,
] as const

const among = <T>(things: Iterable<T>, choosing: number): T | undefined => {
  const all = [...things]
  return all[choosing % Math.max(all.length, 1)]
}

const chosen = (state: StoreState, { kind, thing, other, text, what }: Choice): Operation | undefined => {
  const id = among(placesOf(state, kind).keys(), thing)
  const one = among(state.tasks.keys(), other)
  const list = among([null, ...state.lists.keys()], what) ?? null
  const label = among(state.labels.keys(), other)
  const newId = crypto.randomUUID()
  switch (kind) {
    case 'createTask': {
      const due = among(DUES, other) ?? null
      const recurrence = due && (among(RECURRENCES, thing) ?? null)
      const place = what % 2 === 0 && one ? { parentId: one } : { listId: list }
      const labelIds = label && thing % 2 === 0 ? [label] : []
      return { operation: kind, body: { id: newId, title: text, due, recurrence, labelIds, ...place } }
    }
    case 'createList':
      return { operation: kind, body: { id: newId, name: text } }
    case 'createLabel':
      return { operation: kind, body: { id: newId, name: `${text.slice(0, 8)}${other}`, color: '#3366cc' } }
  }
  if (id === undefined) return undefined
  switch (kind) {
    case 'changeTask': {
      const bodies = [
        { title: text, notes: text },
        { listId: list },
        { parentId: what % 2 === 0 ? null : (one ?? null) },
        { labelIds: label ? [label] : [] },
        { due: among(DUES, other) ?? null },
        { due: { date: '2031-05-05' }, recurrence: { rule: 'FREQ=MONTHLY' } },
        { recurrence: null, priority: 3 as const },
      ]
      return { operation: kind, id, body: among(bodies, what) ?? {} }
    }
    case 'moveTask': {
      const bodies = [
        { before: one },
        { after: one },
        {},
        { parentId: one },
        { listId: list, before: one },
        { parentId: null, after: one },
      ]
      return { operation: kind, id, body: defined(among(bodies, what) ?? {}) }
    }
    case 'completeTask':
    case 'reopenTask':
    case 'deleteTask':
    case 'deleteList':
    case 'deleteLabel':
      return { operation: kind, id }
    case 'changeList':
      return {
        operation: kind,
        id,
        body: what % 2 === 0 ? { archived: what % 4 === 0 } : { name: text, color: '#00ff00' },
      }
    case 'moveList': {
      const beside = among(state.lists.keys(), other)
      return {
        operation: kind,
        id,
        body: defined(what % 3 === 0 ? {} : what % 3 === 1 ? { before: beside } : { after: beside }),
      }
    }
    case 'changeLabel':
      return { operation: kind, id, body: { name: `${text.slice(0, 8)}${what}` } }
  }
}

const placesOf = (state: StoreState, kind: Operation['operation']): ReadonlyMap<string, unknown> =>
  kind.endsWith('Task') ? state.tasks : kind.endsWith('List') ? state.lists : state.labels

const defined = (body: Record<string, string | null | undefined>) =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))

/** Tasks that come again and are completed or reopened, and those below: what becomes of them only the server knows. */
const unknowable = (states: StoreState[], operations: readonly Operation[]): Set<string> => {
  const ids = new Set<string>()
  const tasks = states.flatMap((state) => [...state.tasks.values()])
  for (const operation of operations) {
    if (operation.operation !== 'completeTask' && operation.operation !== 'reopenTask') continue
    if (tasks.some(({ id, recurrence }) => id === operation.id && recurrence)) ids.add(operation.id)
  }
  for (const id of ids) for (const task of tasks) if (task.parentId === id) ids.add(task.id)
  return ids
}

/** What both can know: no versions, no times, and of positions only the order that they make. */
const knowable = (state: StoreState, except: Set<string>) => ({
  tasks: [...state.tasks.values()].toSorted(byPosition).map((task) => ({
    ...timeless(task),
    completedAt: except.has(task.id) ? 'unknown' : task.completedAt && 'done',
    ...(except.has(task.id) && { due: 'unknown' }),
  })),
  lists: [...state.lists.values()]
    .toSorted(byPosition)
    .map((list) => ({ ...timeless(list), archivedAt: list.archivedAt && 'archived' })),
  labels: [...state.labels.values()]
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((label) => timeless(label)),
})

const timeless = (thing: object): Record<string, unknown> => ({
  ...thing,
  version: undefined,
  createdAt: undefined,
  updatedAt: undefined,
  position: undefined,
})

describe('what is applied here', () => {
  it('is what the server then has, but for what it alone can know', { timeout: 90_000 }, async ({
    expect,
  }) => {
    let made = 0
    let refused = 0
    const property = fc.asyncProperty(
      fc.array(fc.array(choice, { minLength: 1, maxLength: 3, size: 'max' }), {
        minLength: 20,
        maxLength: 30,
        size: 'max',
      }),
      async (steps) => {
        const { sessionToken } = await signUp('ada')
        const edgewise = createEdgewise({
          baseUrl: env.BASE_URL,
          sessionToken,
          fetch: (input, init) => {
            const request = new Request(input, init)
            const { pathname, search } = new URL(request.url)
            return send(pathname + search, request)
          },
        })
        const store = createStore(edgewise)
        await store.refresh()
        for (const step of steps) {
          const before = store.state
          const { operations, state: expected } = operationsOf(before, step)
          if (operations.length === 0) continue
          const answer = await edgewise.batch(operations).catch((error: unknown) => error)
          await store.refresh()
          if (answer instanceof EdgewiseError) {
            expect(answer.status).toBeLessThan(500)
            expect(knowable(store.state, new Set())).toEqual(knowable(before, new Set()))
            refused += 1
          } else {
            const except = unknowable([before, expected], operations)
            expect(knowable(expected, except), JSON.stringify(operations)).toEqual(
              knowable(store.state, except),
            )
            made += 1
          }
        }
      },
    )
    await holds(property, 12)
    expect(made).toBeGreaterThan(4 * refused)
  })
})

/** The operations of a step, each chosen among what those before it leave, and what they make of the state. */
const operationsOf = (before: StoreState, step: Choice[]) => {
  const operations: Operation[] = []
  let state = before
  for (const each of step) {
    // Of two completions in one write, it is not told which one took along what.
    if (each.kind === 'completeTask' && operations.some(({ operation }) => operation === 'completeTask'))
      continue
    const operation = chosen(state, each)
    if (!operation) continue
    operations.push(operation)
    state = applied(state, [{ operations: [operation], madeAt: '2026-11-21T09:00:00.000Z' }])
  }
  return { operations, state: applied(before, [{ operations, madeAt: '2026-11-21T09:00:00.000Z' }]) }
}

describe('what is still to be sent', () => {
  it('does not cover what the server has made of it already', ({ expect }) => {
    const made = {
      tasks: mapOf(newTask('a', { title: 'as the server has it', version: 3 })),
      lists: mapOf(newList('b', { name: 'as the server has it', color: '#3366cc', version: 3 })),
      labels: mapOf(newLabel('c', { name: 'as the server has it', color: '#3366cc', version: 3 })),
    }
    const operations: Operation[] = [
      { operation: 'createTask', body: { id: 'a', title: 'as it was written' } },
      { operation: 'createList', body: { id: 'b', name: 'as it was written' } },
      { operation: 'createLabel', body: { id: 'c', name: 'as it was written' } },
    ]
    for (const operation of operations)
      expect(applied(made, [{ operations: [operation], madeAt: '2026-11-21T09:00:00.000Z' }])).toEqual(made)
  })
})

const mapOf = <T extends { id: string }>(thing: T) => new Map([[thing.id, thing]])
