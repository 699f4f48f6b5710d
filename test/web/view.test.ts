import { describe, it } from 'vitest'
import type { List, Task } from '../../client/src/index.ts'
import { sectionsOf, type View } from '../../web/src/tasks/view.ts'
import { newList, newTask } from './support/task.ts'

const NOW = new Date(2026, 10, 21, 12, 0)

/** Each section of the view as lines: its key, then the titles, indented by their level. */
const shown = (view: View, tasks: Task[], lists: List[] = [], now = NOW, lingering: string[] = []) =>
  sectionsOf(
    {
      tasks: new Map(tasks.map((task) => [task.id, task])),
      lists: new Map(lists.map((list) => [list.id, list])),
    },
    view,
    { now, lingering: new Set(lingering) },
  ).map(({ key, rows }) => [key, ...rows.map(({ task, level }) => `${'> '.repeat(level)}${task.title}`)])

describe('a view', () => {
  it('shows the inbox as a tree in the person’s order, without what is done', ({ expect }) => {
    const tasks = [
      newTask('wash', { position: 'b' }),
      newTask('shop', { position: 'a' }),
      newTask('milk', { parentId: 'shop', position: 'd' }),
      newTask('oat milk', { parentId: 'milk', position: 'e' }),
      newTask('bread', { parentId: 'shop', position: 'c' }),
      newTask('cooked', { completedAt: '2026-11-21T09:00:00.000Z' }),
      newTask('elsewhere', { listId: 'home' }),
    ]
    expect(shown({ kind: 'inbox' }, tasks)).toEqual([
      ['all', 'shop', '> bread', '> milk', '> > oat milk', 'wash'],
    ])
  })

  it('shows a task by itself whose parent is not there', ({ expect }) => {
    expect(shown({ kind: 'inbox' }, [newTask('milk', { parentId: 'gone' })])).toEqual([['all', 'milk']])
  })

  it('still shows what was completed a moment ago, where it stood', ({ expect }) => {
    const tasks = [
      newTask('wash'),
      newTask('shop', { completedAt: '2026-11-21T11:59:59.000Z' }),
      newTask('cook'),
    ]
    expect(shown({ kind: 'inbox' }, tasks, [], NOW, ['shop'])).toEqual([['all', 'wash', 'shop', 'cook']])
  })

  it('shows what is late, then today, those without a time first', ({ expect }) => {
    const tasks = [
      newTask('evening', { due: { dateTime: '2026-11-21T20:00:00' } }),
      newTask('noon', { due: { dateTime: '2026-11-21T12:00:00' } }),
      newTask('some time', { due: { date: '2026-11-21' } }),
      newTask('yesterday', { due: { date: '2026-11-20' } }),
      newTask('tomorrow', { due: { date: '2026-11-22' } }),
      newTask('never'),
    ]
    expect(shown({ kind: 'today' }, tasks)).toEqual([
      ['late', 'yesterday'],
      ['2026-11-21', 'some time', 'noon', 'evening'],
    ])
    expect(shown({ kind: 'upcoming' }, tasks)).toEqual([['2026-11-22', 'tomorrow']])
  })

  it('has another today after midnight', ({ expect }) => {
    const tasks = [newTask('shop', { due: { date: '2026-11-21' } })]
    const [before, after] = [new Date(2026, 10, 21, 23, 59), new Date(2026, 10, 22, 0, 0)]
    expect(shown({ kind: 'today' }, tasks, [], before)).toEqual([['2026-11-21', 'shop']])
    expect(shown({ kind: 'today' }, tasks, [], after)).toEqual([['late', 'shop']])
  })

  it('leaves out what is in an archived list, but finds it', ({ expect }) => {
    const lists = [newList('trip', { archivedAt: '2026-11-01T09:00:00.000Z' })]
    const tasks = [newTask('photos', { listId: 'trip', labelIds: ['fun'], due: { date: '2026-11-21' } })]
    expect(shown({ kind: 'today' }, tasks, lists)).toEqual([])
    expect(shown({ kind: 'label', id: 'fun' }, tasks, lists)).toEqual([])
    expect(shown({ kind: 'list', id: 'trip' }, tasks, lists)).toEqual([['all', 'photos']])
    expect(shown({ kind: 'search', text: 'photo' }, tasks, lists)).toEqual([['all', 'photos']])
  })

  it('finds the beginnings of words in titles and notes, whatever their accents and case', ({ expect }) => {
    const tasks = [
      newTask('Café with Ada'),
      newTask('Call', { notes: 'about the cafeteria' }),
      newTask('Decafé'),
      newTask('CAFE crème', { completedAt: '2026-11-20T09:00:00.000Z' }),
    ]
    expect(shown({ kind: 'search', text: ' Cafe ' }, tasks)).toEqual([
      ['all', 'Café with Ada', 'Call'],
      ['done', 'CAFE crème'],
    ])
    expect(shown({ kind: 'search', text: 'ada café' }, tasks)).toEqual([['all', 'Café with Ada']])
    expect(shown({ kind: 'search', text: ' ' }, tasks)).toEqual([])
  })
})
