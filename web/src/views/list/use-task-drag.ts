import { useState } from 'react'
import { dueHere, dueOn } from '../../tasks/due.ts'
import { familyAt, type Landing, landingAmong, landingIn } from '../../tasks/placement.ts'
import type { TaskActions } from '../../tasks/use-task-actions.ts'
import { DONE, dueKey, isTree, LATE, type Row, type Section, type View } from '../../tasks/view.ts'
import { announce } from '../../ui/announce.tsx'
import { type Over, useDrag } from '../../ui/use-drag.ts'

/** Where the dragged task would land, and the row at whose edge that shows. */
interface Target extends Landing {
  section: Section
  edgeId: string | undefined
  edge: 'before' | 'after'
  /** Whether it stands there already. */
  isHere: boolean
}

/** The width of a level. */
const LEVEL_PX = 28

/** Dragging tasks: within their order, below others where they are a tree, and to other days where days are shown. */
export const useTaskDrag = (sections: readonly Section[], view: View, actions: TaskActions) => {
  const [target, setTarget] = useState<Target>()

  const onOver = (draggedId: string, over: Over) => {
    const next = targetOf(sections, view, draggedId, over)
    const isSame =
      next?.edgeId === target?.edgeId && next?.edge === target?.edge && next?.level === target?.level
    if (isSame) return
    setTarget(next)
    announce(next ? sayWhere(next) : 'It cannot go there')
  }

  const onEnd = (draggedId: string, isDropped: boolean) => {
    setTarget(undefined)
    const source = sections.find(({ rows }) => rows.some(({ task }) => task.id === draggedId))
    const task = source?.rows.find((row) => row.task.id === draggedId)?.task
    if (!isDropped || !target || !task || !source) return announce('It stays where it was')
    if (target.isHere) return
    const { day } = target.section
    if (day !== undefined && source.key !== target.section.key)
      actions.change([task], { due: dueOn(day, task.due ? dueHere(task.due).time : undefined, task.due) })
    if (Object.keys(target.move).length > 0) actions.move(task, target.move)
    announce(`Moved ${task.title}`)
  }

  const drag = useDrag({ attribute: 'data-task', onOver, onEnd })
  return { ...drag, target }
}

const targetOf = (
  sections: readonly Section[],
  view: View,
  draggedId: string,
  over: Over,
): Target | undefined => {
  const has = ({ rows }: Section, id: string) => rows.some(({ task }) => task.id === id)
  const source = sections.find((section) => has(section, draggedId))
  const section = sections.find((each) => has(each, over.id))
  const from = source?.rows.findIndex(({ task }) => task.id === draggedId) ?? -1
  const row = source?.rows[from]
  if (!source || !section || !row || section.key === DONE) return undefined
  if (section.key === LATE && source.key !== LATE) return undefined

  const family = isTree(view) ? familyAt(source.rows, from) : [row]
  const staying = section.rows.filter((each) => !family.includes(each))
  const isOverItself = family.some(({ task }) => task.id === over.id)
  const overIndex = staying.findIndex(({ task }) => task.id === over.id)
  const index = isOverItself ? from : overIndex + (over.isLowerHalf ? 1 : 0)
  const landing = isTree(view)
    ? landingIn(staying, family, index, row.level + Math.round(over.shift / LEVEL_PX))
    : landingAmong(staying, index, ...keysIn(view, section, row))
  if (!landing) return undefined

  const next = staying[landing.index]
  return {
    ...landing,
    section,
    edgeId: (next ?? staying.at(-1) ?? row).task.id,
    edge: next ? 'before' : 'after',
    isHere: source === section && landing.index === from && landing.level === row.level,
  }
}

/** By what tasks are put in order before their positions are: by day and time where days are shown. */
const keysIn = (view: View, { day }: Section, { task }: Row): [(task: Row['task']) => string, string] => {
  if (view.kind !== 'today' && view.kind !== 'upcoming') return [() => '', '']
  if (day === undefined) return [dueKey, dueKey(task)]
  const { time = '' } = task.due ? dueHere(task.due) : {}
  return [dueKey, `${day} ${time}`]
}

const sayWhere = ({ edge, edgeId, level, section: { rows } }: Target): string => {
  const other = rows.find(({ task }) => task.id === edgeId)?.task.title ?? 'it'
  return `${edge === 'before' ? 'Before' : 'After'} ${other}, level ${level + 1}`
}
