import { randomBytes, randomUUID } from 'node:crypto'
import { aFile, aLabel, aList, aTask } from '../support/export-file.ts'
import {
  after,
  anyOf,
  changed,
  completion,
  completionsOf,
  type Home,
  isAllThere,
  isEnough,
  NEW,
  named,
  one,
  partsOf,
  perhaps,
  purged,
  taking,
  trashOf,
} from './home.ts'
import type { Effect, State, Thing } from './ledger.ts'
import { MARK } from './people.ts'
import { changing, creating, deleting, making, moving, type Plan } from './plan.ts'
import { tells, type View } from './shown.ts'

interface Operation {
  status: number
  /** One that makes sense where things are as they are. */
  plan: (home: Home) => Plan | undefined
}

/** Every operation of the contract that writes; see `contract.ts` for those that are not played. */
export const OPERATIONS: Record<string, Operation> = {
  createTask: {
    status: 201,
    plan: (home) => {
      if (isEnough(home, 'task')) return undefined
      const [parent, whole] = (home.random() < PARTS && one(home, 'task', isWhole)) || []
      const list = whole ? whole.list : perhaps(home, 'list')
      const label = perhaps(home, 'label')
      const due = !parent && home.random() < RECURRING ? FIRST_DAY : null
      const task = named('task')
      const body = {
        title: task.name,
        ...(parent ? { parentId: parent.id } : { listId: list?.id ?? null }),
        labelIds: label ? [label.id] : [],
        ...(due && { due: { date: due }, recurrence: { rule: 'FREQ=DAILY' } }),
      }
      return making([task, { ...NEW, text: '', due, list, parent, label }], { body })
    },
  },
  changeTask: {
    status: 200,
    plan: (home) => changing(home, 'task', { notes: `${MARK} notes ${randomUUID()}` }),
  },
  moveTask: { status: 200, plan: (home) => moving(home, 'task', perhaps(home, 'list')) },
  // What is in the trash by itself does not go along.
  deleteTask: {
    status: 204,
    plan: (home) => deleting(home, someTask(home)),
  },
  completeTask: {
    status: 200,
    plan: (home) => {
      const found = someTask(home)
      if (!found) return undefined
      const [task, state] = found
      const [earlier] = state.due && home.random() < AGAIN ? completionsOf(home, task) : []
      const occurrence = earlier
        ? home.states.get(earlier)?.due
        : home.random() < NAMED
          ? state.due
          : undefined
      const call = { id: task.id, version: state.version, ...(occurrence && { query: { occurrence } }) }
      if (earlier || state.isCompleted) return { ...making([task, state], call), effects: [] }
      const next = state.due ? { due: daysAfter(state.due, 1) } : { isCompleted: true, completedWith: task }
      const along = partsOf(home, task).filter(([, { isCompleted }]) => !isCompleted)
      return making([task, changed(state, next)], call, [
        [completion(home, task, state.due), { ...NEW, isCompleted: true, due: state.due }],
        ...along.flatMap(([part, its]): Effect[] => [
          [part, changed(its, { isCompleted: true, completedWith: task })],
          [completion(home, part, null), { ...NEW, isCompleted: true }],
        ]),
      ])
    },
  },
  reopenTask: {
    status: 200,
    plan: (home) => {
      const found = someTask(home, ({ parent }) => !(parent && home.states.get(parent)?.isCompleted))
      if (!found) return undefined
      const [task, state] = found
      const call = { id: task.id, version: state.version }
      const due = state.due && daysAfter(state.due, -1)
      const undone = completion(home, task, due)
      if (!home.states.has(undone)) return { ...making([task, state], call), effects: [] }
      const along = partsOf(home, task).filter(([, { completedWith }]) => completedWith === task)
      return making([task, changed(state, { due, isCompleted: false, completedWith: undefined })], call, [
        [undone, undefined],
        ...along.flatMap(([part, its]): Effect[] => [
          [part, changed(its, { isCompleted: false, completedWith: undefined })],
          [completion(home, part, null), undefined],
        ]),
      ])
    },
  },
  createList: { status: 201, plan: (home) => creating(home, 'list') },
  changeList: { status: 200, plan: (home) => changing(home, 'list', { color: someColor() }) },
  moveList: { status: 200, plan: (home) => moving(home, 'list') },
  deleteList: {
    status: 204,
    // What is in the trash and in a list that is there, too, has gone with it.
    plan: (home) =>
      deleting(
        home,
        one(home, 'list', (_, list) =>
          [...home.states.values()].every((state) => state.list !== list || !state.inTrash),
        ),
      ),
  },
  createLabel: { status: 201, plan: (home) => creating(home, 'label') },
  changeLabel: { status: 200, plan: (home) => changing(home, 'label', { color: someColor() }) },
  deleteLabel: { status: 204, plan: (home) => deleting(home, one(home, 'label')) },
  makeBatch: {
    status: 200,
    plan: (home) => {
      const parts: (Plan & { operation: string })[] = []
      let states = home.states
      for (let step = 0; step < BATCH_SIZE; step += 1) {
        const operation = anyOf(BATCHED, home.random) ?? ''
        const plan = OPERATIONS[operation]?.plan({ ...home, states })
        if (!plan) continue
        parts.push({ ...plan, operation })
        states = after(states, plan.effects)
      }
      if (parts.length === 0) return undefined
      return {
        body: {
          operations: parts.map(({ operation, id, version, query, body }) => ({
            operation,
            ...(id && { id }),
            ...(version && home.random() < NAMED && { ifVersion: version }),
            ...query,
            ...(body && { body }),
          })),
        },
        effects: parts.flatMap(({ effects }) => effects),
        isTrue: (answer) => {
          const results = (answer?.results ?? []) as (View | null)[]
          return parts.every(({ isTrue }, step) => {
            const result = results[step]
            return isTrue ? isTrue(result ?? undefined) : result === null
          })
        },
      }
    },
  },
  quickAdd: {
    status: 201,
    plan: (home) => {
      if (isEnough(home, 'task') || isEnough(home, 'list') || isEnough(home, 'label')) return undefined
      const task = named('task')
      const [list, label] = [perhaps(home, 'list') ?? named('list'), perhaps(home, 'label') ?? named('label')]
      const state = { ...NEW, text: '', list, label }
      const made = [list, label].filter(({ id }) => id === '')
      return {
        body: { text: `#${list.name} ${task.name} @${label.name}`, timeZone: 'UTC' },
        effects: [[task, state], ...made.map((thing): Effect => [thing, { ...NEW }])],
        isTrue: (answer) => {
          const { list: toldList, labels } = (answer?.understood ?? NOTHING) as Understood
          const areTrue = [list, label].every((thing, at) => {
            const told = [toldList, ...labels][at]
            thing.id ||= told?.id ?? ''
            return told?.id === thing.id && told.isNew === made.includes(thing)
          })
          return areTrue && tells(answer?.task as View, [task, state])
        },
      }
    },
  },
  restore: {
    status: 200,
    plan: (home) => {
      const thing = anyOf(trashOf(home.states), home.random)
      if (!thing) return undefined
      return {
        id: thing.id,
        effects: taking(home, thing, { intoTrash: false }),
        isTrue: (answer) =>
          answer?.type === thing.kind && answer.id === thing.id && answer.name === thing.name,
      }
    },
  },
  purge: {
    status: 204,
    plan: (home) => {
      const thing = anyOf(trashOf(home.states), home.random)
      return thing && { id: thing.id, effects: purged(home, thing) }
    },
  },
  emptyTrash: {
    status: 200,
    plan: (home) => {
      // Of what was left alone, some may be in the trash, or not yet.
      if ([...home.everything].some(({ mayBe }) => mayBe.length > 1)) return undefined
      const states = new Map(
        [...home.everything].flatMap((thing) => (thing.mayBe[0] ? [[thing, thing.mayBe[0]]] : [])),
      )
      const trash = trashOf(states)
      if (trash.length === 0) return undefined
      return {
        effects: trash.flatMap((thing) => purged({ ...home, states }, thing)),
        isTrue: (answer) => answer?.purged === trash.length && answer.more === false,
      }
    },
  },
  importData: {
    status: 200,
    plan: (home) => {
      if (isEnough(home, 'task') || isEnough(home, 'list') || isEnough(home, 'label')) return undefined
      const [list, label, task, part] = [named('list'), named('label'), named('task'), named('task')]
      const [listId, labelId, taskId, partId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
      const done = completion(home, task, FIRST_DAY)
      return {
        body: aFile({
          lists: [aList({ id: listId, name: list.name })],
          labels: [aLabel({ id: labelId, name: label.name })],
          tasks: [
            aTask({ id: taskId, title: task.name, listId, labelIds: [labelId] }),
            aTask({ id: partId, title: part.name, listId, parentId: taskId }),
          ],
          completions: [aCompletion({ taskId, title: task.name, due: { date: FIRST_DAY } })],
        }),
        effects: [
          [list, { ...NEW }],
          [label, { ...NEW }],
          [task, { ...NEW, text: '', list, label }],
          [part, { ...NEW, text: '', list, parent: task }],
          [done, { ...NEW, isCompleted: true, due: FIRST_DAY }],
        ],
        isTrue: (answer) => {
          Object.assign(list, { id: listId })
          Object.assign(label, { id: labelId })
          Object.assign(task, { id: taskId })
          Object.assign(part, { id: partId })
          const { added } = (answer?.counts ?? {}) as { added?: number }
          return added === 5
        },
      }
    },
  },
}

/** Those that a batch takes. */
const BATCHED = Object.keys(OPERATIONS).filter((name) => /(Task|List|Label)$/.test(name))
const BATCH_SIZE = 3

/** How often a new task is part of another, and a write is of one that has parts, if there is any. */
const PARTS = 0.8
const WITH_PARTS = 0.7

/** One that nothing is in the trash of. */
const someTask = (home: Home, fits: (state: State) => boolean = () => true) => {
  const isFit = (state: State, task: Thing) => fits(state) && isAllThere(home, task)
  const hasParts = (state: State, task: Thing) => isFit(state, task) && partsOf(home, task).length > 0
  return (home.random() < WITH_PARTS && one(home, 'task', hasParts)) || one(home, 'task', isFit)
}

/** An open task that is no part itself, and does not recur. */
const isWhole = ({ due, parent, isCompleted }: State) => !due && !parent && !isCompleted

/** How often a new task recurs, a completion is of a day that is completed already, and a write names what it means. */
const RECURRING = 0.5
const AGAIN = 0.2
const NAMED = 0.5

/** In the future for as long as anybody runs this: so the next occurrence is the day after. */
const FIRST_DAY = '2130-01-01'

interface Understood {
  list: Named | null
  labels: Named[]
}

const NOTHING: Understood = { list: null, labels: [] }

interface Named {
  id: string
  isNew: boolean
}

const someColor = () => `#${randomBytes(3).toString('hex')}`

const MS_A_DAY = 86_400_000

const daysAfter = (date: string, days: number) =>
  new Date(Date.parse(date) + days * MS_A_DAY).toISOString().slice(0, 10)

const aCompletion = (fields: object) => ({
  id: randomUUID(),
  completedAt: '2026-11-21T09:30:00.000Z',
  occurrence: null,
  nextOccurrence: null,
  alongWith: null,
  ...fields,
})
