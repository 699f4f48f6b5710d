import { describe, it } from 'vitest'
import { sql } from '../support/database.ts'
import { heldWrite } from '../support/held-write.ts'
import { type Person, signUp } from '../support/person.ts'
import { agedTrash, byTheClock } from '../support/upkeep.ts'

/** A list in the trash, with a tree of tasks in it. */
const withTrash = async (ada: Person) => {
  const list = await (await ada.send('POST', '/v1/lists', { name: 'Home' })).json<{ id: string }>()
  const top = await ada.addTask('top', { listId: list.id })
  for (const title of ['one', 'two']) {
    const { id } = await ada.addTask(title, { parentId: top.id })
    await ada.addTask('below', { parentId: id })
  }
  await ada.send('DELETE', `/v1/lists/${list.id}`)
  return list.id
}

const whatIsLeft = (ada: Person) =>
  sql(
    `select deleted_at is null as lives, count(*)::int from (
       select user_id, deleted_at from tasks union all select user_id, deleted_at from lists
     ) as things where user_id = $1 group by 1`,
    [ada.id],
  )

const deadlocks = async (): Promise<number> => {
  const [row] = await sql('select deadlocks from pg_stat_database where datname = current_database()')
  return Number(row?.deadlocks)
}

describe('upkeep', { timeout: 60_000 }, () => {
  it('waits for nobody who writes, and comes back for them', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const agedTrashOf = async (person: Person) => {
      await withTrash(person)
      await agedTrash(person.id, '30 days')
    }
    await agedTrashOf(bob)
    const held = async () => {
      await agedTrashOf(ada)
      const write = await heldWrite(ada)
      return { write, there: await whatIsLeft(ada) }
    }
    // Another file's clock may have been faster, and may be at bob's as well.
    let { write, there } = await held()
    while (there.length === 0) {
      await write.committed
      ;({ write, there } = await held())
    }
    expect(await byTheClock()).toBe('ok')
    expect(await whatIsLeft(ada)).toEqual(there)
    expect(write.isOver()).toBe(false)
    while ((await whatIsLeft(bob)).length > 0) await byTheClock()
    await write.committed
    await byTheClock()
    expect(await whatIsLeft(ada)).toEqual([])
  })

  it('takes all of a thing or, if it is restored at the same time, nothing', async ({ expect }) => {
    const before = await deadlocks()
    const people = await Promise.all(Array.from({ length: 6 }, () => signUp('ada')))
    const outcomes = new Set<number>()
    for (let round = 0; round < 6; round += 1) {
      const lists = await Promise.all(people.map(withTrash))
      const dueIn = 30 + 60 * round
      await Promise.all(people.map(({ id }) => agedTrash(id, `30 days -${dueIn} milliseconds`)))
      const restored = await Promise.all([
        ...people.map(async (person, n) => {
          await scheduler.wait(25 * n + 40 * round)
          return (await person.send('POST', `/v1/trash/${lists[n]}/restoration`)).status
        }),
        ...Array.from({ length: 4 }, async (_, n) => {
          await scheduler.wait(70 * n)
          await byTheClock()
          return 0
        }),
      ])
      await scheduler.wait(2 * dueIn)
      await byTheClock()
      for (const [n, person] of people.entries()) {
        outcomes.add(restored[n] ?? 0)
        expect(await whatIsLeft(person)).toEqual(restored[n] === 200 ? [{ lives: true, count: 6 }] : [])
        await person.send('DELETE', `/v1/lists/${lists[n]}`)
        await person.send('DELETE', '/v1/trash')
      }
    }
    expect(outcomes).toEqual(new Set([200, 404]))
    expect(await deadlocks()).toBe(before)
  })

  it('meets neither writers nor an account that is deleted in a ring of waiting', async ({ expect }) => {
    const before = await deadlocks()
    const people = await Promise.all(Array.from({ length: 6 }, () => signUp('ada')))
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(people.map(withTrash))
      await Promise.all(people.map(({ id }) => agedTrash(id, '30 days')))
      const leaving = await signUp('bob')
      await withTrash(leaving)
      await agedTrash(leaving.id, '30 days')
      const answers = await Promise.all([
        ...people.map(async (person) => (await person.send('POST', '/v1/tasks', { title: 'more' })).status),
        ...people.map(async (person) => (await person.send('DELETE', '/v1/trash')).status),
        sql('delete from users where id = $1', [leaving.id]).then(() => 200),
        ...Array.from({ length: 4 }, async () => ((await byTheClock()) === 'ok' ? 200 : 0)),
      ])
      expect(answers.filter((status) => status !== 200 && status !== 201)).toEqual([])
    }
    expect(await deadlocks()).toBe(before)
  })
})
