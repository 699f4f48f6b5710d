import type { Person } from './person.ts'

/** What writers of one person know of: whatever one of them has made, all of them may change. */
interface Known {
  tasks: string[]
  lists: string[]
  labels: string[]
}

type Random = () => number

const LATEST = 15
const SHARE_OF_EMPTYING = 0.02

/** Someone who does one thing after the other to a person's tasks, lists and labels, not all of it possible; yields each answer. */
export const writerOf = (person: Person, known: Known, random: Random) => {
  /** Among the latest, most of which are there still. */
  const anyOf = (ids: string[]): string => {
    const latest = ids.slice(-LATEST)
    return latest[Math.floor(random() * latest.length)] ?? crypto.randomUUID()
  }
  const perhaps = (ids: string[]): string | undefined => (random() < 0.5 ? anyOf(ids) : undefined)
  const chance = <T>(value: T): T | undefined => (random() < 0.4 ? value : undefined)

  /** Notes an id before it is sent: others may come first. */
  const newIn = (ids: string[]): string => {
    const id = crypto.randomUUID()
    ids.push(id)
    return id
  }
  const placed = () =>
    random() < 0.5 ? { listId: perhaps(known.lists) } : { parentId: perhaps(known.tasks) }
  const newTask = () => {
    const label = perhaps(known.labels)
    const due = chance({ date: '2026-12-01' })
    return {
      id: newIn(known.tasks),
      title: String(random()),
      ...placed(),
      labelIds: label === undefined ? [] : [label],
      ...(due && { due, ...(random() < 0.5 && { recurrence: { rule: 'FREQ=DAILY', from: 'schedule' } }) }),
    }
  }
  const named = (ids: string[]) => ({ id: newIn(ids), name: `${random()}` })
  const task = () => `/v1/tasks/${anyOf(known.tasks)}`
  const anything = () => anyOf([anyOf(known.tasks), anyOf(known.lists), anyOf(known.labels)])

  const acts: (() => Promise<Response>)[] = [
    () => person.send('POST', '/v1/tasks', newTask()),
    () => person.send('POST', '/v1/tasks', newTask()),
    () => person.send('POST', '/v1/lists', named(known.lists)),
    () => person.send('POST', '/v1/labels', named(known.labels)),
    () => person.send('PATCH', task(), { title: String(random()) }),
    () => person.send('PATCH', task(), { labelIds: [anyOf(known.labels)] }),
    () => person.send('PATCH', `/v1/lists/${anyOf(known.lists)}`, { archived: random() < 0.5 }),
    () => person.send('POST', `${task()}/completion`),
    () => person.send('DELETE', `${task()}/completion`),
    () =>
      person.send('POST', `${task()}/move`, {
        ...placed(),
        [random() < 0.5 ? 'before' : 'after']: perhaps(known.tasks),
      }),
    () => person.send('DELETE', task()),
    () => person.send('DELETE', `/v1/lists/${anyOf(known.lists)}`),
    () => person.send('DELETE', `/v1/labels/${anyOf(known.labels)}`),
    () => person.send('POST', `/v1/trash/${anything()}/restoration`),
    () => person.send('POST', `/v1/trash/${anything()}/restoration`),
    () => person.send('DELETE', `/v1/trash/${anything()}`),
    () => {
      const [one, other, list] = [newTask(), newTask(), named(known.lists)]
      return person.send('POST', '/v1/batch', {
        operations: [
          { operation: 'createList', body: list },
          { operation: 'createTask', body: { id: one.id, title: one.title, listId: list.id } },
          { operation: 'createTask', body: { id: other.id, title: other.title, parentId: one.id } },
          { operation: 'completeTask', id: one.id },
          {
            operation: random() < 0.5 ? 'deleteTask' : 'reopenTask',
            id: anyOf([one.id, other.id, anyOf(known.tasks)]),
          },
        ],
      })
    },
  ]
  return (): Promise<Response> => {
    // Rarer than what fills it.
    if (random() < SHARE_OF_EMPTYING) return person.send('DELETE', '/v1/trash')
    const act = acts[Math.floor(random() * acts.length)]
    if (!act) throw new Error('there is nothing to do')
    return act()
  }
}
