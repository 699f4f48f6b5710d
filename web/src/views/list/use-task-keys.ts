import type { KeyboardEvent } from 'react'
import { type Step, stepInTree } from '../../tasks/placement.ts'
import { nameOfPriority, PRIORITIES } from '../../tasks/priority.ts'
import type { TaskActions } from '../../tasks/use-task-actions.ts'
import { dueKey, isTree, type Row, type Section, type View } from '../../tasks/view.ts'
import { announce } from '../../ui/announce.tsx'
import { focusOnTask } from './use-row-focus.ts'
import type { Selection } from './use-selection.ts'

interface KeysOptions {
  rows: readonly Row[]
  sections: readonly Section[]
  view: View
  selection: Selection
  actions: TaskActions
  complete: (rows: readonly Row[]) => void
  open: (id: string) => void
}

const STEPS: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' }

/** What keys do on a row: to all that are selected, if it is one of them. */
export const useTaskKeys = ({ rows, sections, view, selection, actions, complete, open }: KeysOptions) => {
  const meantBy = (row: Row): Row[] =>
    selection.selected.has(row.task.id) ? rows.filter(({ task }) => selection.selected.has(task.id)) : [row]

  /** To the next row, or the one before if it is the last. */
  const leave = (index: number) => {
    const { level } = rows[index] ?? { level: 0 }
    const next = rows.slice(index + 1).find((row) => row.level <= level) ?? rows[index - 1]
    focusOnTask(next?.task.id)
  }

  const keysOf = (row: Row, index: number): Record<string, () => void> => {
    const tasks = () => meantBy(row).map(({ task }) => task)
    const go = (to: number) => (): string | undefined => {
      const id = rows[Math.min(Math.max(to, 0), rows.length - 1)]?.task.id
      focusOnTask(id)
      return id
    }
    const extend = (to: number) => () => {
      if (selection.selected.size === 0) selection.only(row.task.id)
      const id = go(to)()
      if (id !== undefined) selection.extendTo(id)
    }
    const done = () => {
      const meant = meantBy(row)
      if (meant.length === 1) leave(index)
      complete(meant)
      selection.end()
    }
    const remove = () => {
      const meant = tasks()
      if (meant.length === 1) leave(index)
      actions.remove(meant)
      selection.end()
    }
    /** The bar's menus are for what is selected: this row, if nothing is. */
    const menu = (name: string) => () => {
      if (selection.selected.size === 0) selection.only(row.task.id)
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-menu="${name}"]`)?.click())
    }
    return {
      ArrowDown: go(index + 1),
      ArrowUp: go(index - 1),
      j: go(index + 1),
      k: go(index - 1),
      Home: go(0),
      End: go(rows.length - 1),
      'Shift+ArrowDown': extend(index + 1),
      'Shift+ArrowUp': extend(index - 1),
      ' ': done,
      e: () => open(row.task.id),
      x: () => selection.toggle(row.task.id),
      'Mod+a': selection.all,
      Delete: remove,
      Backspace: remove,
      d: menu('due'),
      p: menu('priority'),
      m: menu('list'),
      l: menu('label'),
      ...Object.fromEntries(
        PRIORITIES.map((priority) => [
          String(priority),
          () => actions.changeAndTell(tasks(), { priority }, nameOfPriority(priority)),
        ]),
      ),
    }
  }

  const step = (row: Row, index: number, direction: Step) => {
    const move = isTree(view) ? stepInTree(rows, index, direction) : stepAmong(sections, row, direction, view)
    if (!move) return announce(REFUSALS[direction])
    actions.move(row.task, move)
    announce(MOVES[direction])
  }

  return (event: KeyboardEvent, id: string) => {
    const index = rows.findIndex(({ task }) => task.id === id)
    const row = rows[index]
    if (!row) return
    const direction = event.altKey ? STEPS[event.key] : undefined
    const act = direction ? () => step(row, index, direction) : keysOf(row, index)[nameOf(event)]
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
}

const nameOf = ({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): string => {
  const isArrow = key.startsWith('Arrow')
  return `${ctrlKey || metaKey ? 'Mod+' : ''}${altKey ? 'Alt+' : ''}${shiftKey && isArrow ? 'Shift+' : ''}${key}`
}

/** Past the neighbour in its section: of those that are due at the same time, where that comes first. */
const stepAmong = (sections: readonly Section[], row: Row, step: Step, view: View) => {
  const rows = sections.find((section) => section.rows.includes(row))?.rows ?? []
  const at = rows.indexOf(row)
  const other = step === 'up' ? rows[at - 1] : step === 'down' ? rows[at + 1] : undefined
  const isByDue = view.kind === 'today' || view.kind === 'upcoming'
  if (!other || view.kind === 'search' || (isByDue && dueKey(other.task) !== dueKey(row.task)))
    return undefined
  return step === 'up' ? { before: other.task.id } : { after: other.task.id }
}

const MOVES: Record<Step, string> = {
  up: 'Moved up',
  down: 'Moved down',
  in: 'Made a subtask of the one above',
  out: 'Moved out by one level',
}
const REFUSALS: Record<Step, string> = {
  up: 'It cannot go further up here',
  down: 'It cannot go further down here',
  in: 'It cannot go below another here',
  out: 'It is on the first level',
}
