import { describe, it, onTestFinished } from 'vitest'
import { applied, type Operation, waysBackFrom } from '../../web/src/replica/operation.ts'
import { device } from '../support/device.ts'
import { signUp } from '../support/person.ts'
import { newLabel, newList, newTask } from './support/task.ts'

const offline = { isOnline: () => false }
const newId = () => crypto.randomUUID()
const [list, label, trip, train, milk] = [newId(), newId(), newId(), newId(), newId()]

/** A list with a task and one below it, and a label on another task. */
const household: Operation[] = [
  { operation: 'createList', body: { id: list, name: 'Home' } },
  { operation: 'createLabel', body: { id: label, name: 'phone' } },
  { operation: 'createTask', body: { id: trip, title: 'trip', listId: list } },
  { operation: 'createTask', body: { id: train, title: 'train', parentId: trip } },
  { operation: 'createTask', body: { id: milk, title: 'milk', labelIds: [label] } },
]

const KINDS = [
  ['a task', { operation: 'deleteTask', id: trip }],
  ['a list', { operation: 'deleteList', id: list }],
  ['a label', { operation: 'deleteLabel', id: label }],
] as const

const furnished = async () => {
  const own = device(await signUp('ada'))
  onTestFinished(async () => {
    await own.closeAll()
  })
  const tab = await own.openTab()
  await tab.make(...household)
  await tab.keepUp()
  return { own, tab, before: thingsIn(tab.picture()) }
}

/** All that there is, but for what changes with each writing. */
const thingsIn = ({ tasks, lists, labels }: Parameters<typeof applied>[0]) =>
  [...tasks.values(), ...lists.values(), ...labels.values()].map((thing) => ({
    ...thing,
    version: 0,
    updatedAt: '',
  }))

describe.for(KINDS)('taking back the deletion of %s', ([, deletion]) => {
  it('shows it at once without a network, and after a reload; then the server has it', async ({ expect }) => {
    const { own, tab, before } = await furnished()
    await tab.close()
    const away = await own.openTab(offline)
    const waysBack = waysBackFrom([deletion], away.picture())
    await away.make(deletion)
    expect(thingsIn(away.picture())).not.toEqual(expect.arrayContaining(before))
    const made = away.make(...waysBack)
    expect(thingsIn(away.picture())).toEqual(expect.arrayContaining(before))
    await made
    await away.close()

    const reloaded = await own.openTab(offline)
    expect(thingsIn(reloaded.picture())).toEqual(expect.arrayContaining(before))
    await reloaded.close()

    const back = await own.openTab()
    await back.keepUp()
    expect(back.picture()).toMatchObject({ unsent: 0, contact: 'in step' })
    expect(thingsIn(back.picture())).toEqual(expect.arrayContaining(before))
    expect(back.refused).toEqual([])
    expect(await own.kept.queue()).toEqual([])
  })

  it('that has been made already shows it, too, until the server has it again', async ({ expect }) => {
    const { own, tab, before } = await furnished()
    const waysBack = waysBackFrom([deletion], tab.picture())
    await tab.make(deletion)
    await tab.keepUp()
    await tab.close()
    const away = await own.openTab(offline)
    await away.make(...waysBack)
    expect(thingsIn(away.picture())).toEqual(expect.arrayContaining(before))
    await away.close()
    const back = await own.openTab()
    await back.keepUp()
    expect(thingsIn(back.picture())).toEqual(expect.arrayContaining(before))
  })

  it.for([
    ['that of the deletion', ['answer lost']],
    ['its own', [undefined, 'answer lost']],
  ] as const)('comes to the same when %s answer is lost', async ([, mishaps], { expect }) => {
    const { own, tab, before } = await furnished()
    await tab.close()
    const away = await own.openTab(offline)
    const waysBack = waysBackFrom([deletion], away.picture())
    await away.make(deletion)
    await away.make(...waysBack)
    await away.close()
    const back = await own.openTab()
    own.next(...mishaps)
    await back.keepUp()
    expect(thingsIn(back.picture())).toEqual(expect.arrayContaining(before))
    await back.keepUp()
    expect(back.picture().unsent).toBe(0)
    expect(thingsIn(back.picture())).toEqual(expect.arrayContaining(before))
    expect(back.refused).toEqual([])
  })
})

describe('what is taken back', () => {
  it('is told of when it is gone for good', async ({ expect }) => {
    const { tab } = await furnished()
    const deletion: Operation = { operation: 'deleteTask', id: trip }
    const waysBack = waysBackFrom([deletion], tab.picture())
    await tab.make(deletion)
    await tab.keepUp()
    await tab.edgewise.trash.empty()
    await tab.make(...waysBack)
    await tab.keepUp()
    expect(tab.refused).toMatchObject([{ operations: [{ operation: 'restore' }] }])
    expect(tab.titles()).toEqual(['milk'])
  })

  it('is as it was changed before the deletion, and as the server has it by then', ({ expect }) => {
    const stateWith = (notes: string) => ({
      tasks: byId([newTask('a', { notes })]),
      lists: new Map(),
      labels: new Map(),
    })
    const change: Operation = { operation: 'changeTask', id: 'a', body: { title: 'new' } }
    const deletion: Operation = { operation: 'deleteTask', id: 'a' }
    const waysBack = waysBackFrom([deletion], applied(stateWith(''), [write(change)]))
    const shown = applied(stateWith('newer'), [change, deletion, ...waysBack].map(write))
    expect(shown.tasks.get('a')).toMatchObject({ title: 'new', notes: 'newer' })
  })

  it('does not cover what the server has of it already', ({ expect }) => {
    const before = {
      tasks: byId([newTask('a')]),
      lists: byId([newList('home')]),
      labels: byId([newLabel('phone')]),
    }
    const deletions: Operation[] = [
      { operation: 'deleteTask', id: 'a' },
      { operation: 'deleteList', id: 'home' },
      { operation: 'deleteLabel', id: 'phone' },
    ]
    const waysBack = waysBackFrom(deletions, before)
    const newer = {
      tasks: byId([newTask('a', { title: 'newer', labelIds: [] })]),
      lists: byId([newList('home', { name: 'newer' })]),
      labels: byId([newLabel('phone', { name: 'newer' })]),
    }
    expect(applied(newer, waysBack.map(write))).toEqual(newer)
  })
})

const write = (operation: Operation) => ({ operations: [operation], madeAt: '2026-11-21T09:00:00.000Z' })

const byId = <T extends { id: string }>(things: T[]) => new Map(things.map((thing) => [thing.id, thing]))
