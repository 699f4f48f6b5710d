import { describe, it } from 'vitest'
import { familyAt, landingAmong, landingIn, type Step, stepInTree } from '../../web/src/tasks/placement.ts'
import type { Row } from '../../web/src/tasks/view.ts'
import { newTask } from './support/task.ts'

/** Rows of a tree, a line each: two spaces for each level. */
const tree = (...lines: string[]): Row[] => {
  const above: string[] = []
  return lines.map((line) => {
    const title = line.trimStart()
    const level = (line.length - title.length) / 2
    above[level] = title
    const parentId = level > 0 ? (above[level - 1] ?? null) : null
    return { task: newTask(title, { parentId }), level }
  })
}

const SHOP = tree('shop', '  bread', '  milk', '    oat milk', 'wash')

describe('a task dropped into a tree', () => {
  const drop = (line: string, index: number, level: number) => {
    const at = SHOP.findIndex(({ task }) => task.title === line)
    const family = familyAt(SHOP, at)
    const staying = SHOP.filter((row) => !family.includes(row))
    return landingIn(staying, family, index, level)
  }

  it('goes below the one above it as far as it is pushed, and no further than that one’s level and one', ({
    expect,
  }) => {
    expect(drop('wash', 4, 0)?.move).toEqual({ parentId: null, after: 'shop' })
    expect(drop('wash', 4, 1)?.move).toEqual({ parentId: 'shop', after: 'milk' })
    expect(drop('wash', 4, 2)?.move).toEqual({ parentId: 'milk', after: 'oat milk' })
    expect(drop('wash', 4, 9)?.move).toEqual({ parentId: 'oat milk' })
  })

  it('does not part a task from those below it', ({ expect }) => {
    expect(drop('wash', 1, 0)).toMatchObject({ level: 1, move: { parentId: 'shop', before: 'bread' } })
    expect(drop('wash', 3, 0)).toMatchObject({ level: 2, move: { parentId: 'milk', before: 'oat milk' } })
  })

  it('comes first where nothing is above it', ({ expect }) => {
    expect(drop('wash', 0, 3)).toMatchObject({ level: 0, move: { parentId: null, before: 'shop' } })
  })

  it('takes those below it along, to the fifth level and no deeper', ({ expect }) => {
    const deep = tree('a', '  b', '    c', '      d', 'x', '  y')
    const landing = landingIn(deep.slice(0, 4), deep.slice(4), 4, 4)
    expect(landing).toMatchObject({ level: 3, move: { parentId: 'c', after: 'd' } })
    const tall = tree('x', '  y', '    z')
    expect(landingIn(tree('a', '  b', '    c', '      d'), tall, 3, 3)).toBeUndefined()
  })
})

describe('a key that moves a task', () => {
  const step = (line: string, way: Step) =>
    stepInTree(
      SHOP,
      SHOP.findIndex(({ task }) => task.title === line),
      way,
    )

  it('takes it past its siblings, with all that is below them', ({ expect }) => {
    expect(step('wash', 'up')).toEqual({ before: 'shop' })
    expect(step('shop', 'down')).toEqual({ after: 'wash' })
    expect(step('milk', 'up')).toEqual({ before: 'bread' })
    expect(step('milk', 'down')).toBeUndefined()
    expect(step('shop', 'up')).toBeUndefined()
  })

  it('takes it below the sibling before it, and out from below its parent', ({ expect }) => {
    expect(step('wash', 'in')).toEqual({ parentId: 'shop' })
    expect(step('bread', 'in')).toBeUndefined()
    expect(step('oat milk', 'out')).toEqual({ parentId: 'shop', after: 'milk' })
    expect(step('milk', 'out')).toEqual({ parentId: null, after: 'shop' })
    expect(step('wash', 'out')).toBeUndefined()
  })

  it('takes nothing below the fifth level', ({ expect }) => {
    const rows = tree('a', '  b', '    c', '      d', '        e', '        f')
    expect(stepInTree(rows, 5, 'in')).toBeUndefined()
  })
})

describe('a task dropped among others of a day', () => {
  it('stays among those that are due when it is', ({ expect }) => {
    const rows = ['a', 'b', 'c', 'd'].map((title) => ({ task: newTask(title), level: 0 }))
    const key = ({ title }: { title: string }) => (title === 'a' ? '' : title === 'd' ? '20:00' : '09:00')
    expect(landingAmong(rows, 0, key, '09:00')).toMatchObject({ index: 1, move: { before: 'b' } })
    expect(landingAmong(rows, 2, key, '09:00')).toMatchObject({ index: 2, move: { after: 'b' } })
    expect(landingAmong(rows, 4, key, '09:00')).toMatchObject({ index: 3, move: { after: 'c' } })
    expect(landingAmong(rows, 1, key, '12:00')).toEqual({ index: 3, level: 0, move: {} })
  })
})
