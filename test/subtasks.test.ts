import { describe, it } from 'vitest'
import type { Task } from '../src/tasks/contract.ts'
import { sql } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'

const find = async (person: Person, { id }: Task): Promise<Task> =>
  (await person.send('GET', `/v1/tasks/${id}`)).json()
const patch = (person: Person, { id }: Task, body: object) => person.send('PATCH', `/v1/tasks/${id}`, body)

/** Tasks one below the other, the first on top. */
const chain = async (person: Person, length: number): Promise<[Task, ...Task[]]> => {
  const top = await person.addTask('1')
  const tasks: [Task, ...Task[]] = [top]
  for (let level = 2; level <= length; level += 1)
    tasks.push(await person.addTask(String(level), { parentId: tasks.at(-1)?.id }))
  return tasks
}

describe('a task below another', () => {
  it('is in the list of that one, and goes with it to another', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id: home } = await (await ada.send('POST', '/v1/lists', { name: 'Home' })).json<{ id: string }>()
    const { id: work } = await (await ada.send('POST', '/v1/lists', { name: 'Work' })).json<{ id: string }>()
    const top = await ada.addTask('paint', { listId: home })
    const below = await ada.addTask('buy paint', { parentId: top.id })
    const deep = await ada.addTask('find the shop', { parentId: below.id })
    expect([below.listId, deep.listId]).toEqual([home, home])
    await patch(ada, top, { listId: work })
    expect([(await find(ada, below)).listId, (await find(ada, deep)).listId]).toEqual([work, work])
    const away = await patch(ada, below, { listId: home })
    expect(away.status).toBe(400)
    expect(await away.json()).toMatchObject({ errors: [{ path: 'listId' }] })
    expect((await patch(ada, below, { listId: home, parentId: top.id })).status).toBe(400)
    expect(await (await patch(ada, below, { listId: home, parentId: null })).json()).toMatchObject({
      listId: home,
      parentId: null,
    })
    expect((await find(ada, deep)).listId).toBe(home)
  })

  it('is in the list of that one when it comes back, too', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id: work } = await (await ada.send('POST', '/v1/lists', { name: 'Work' })).json<{ id: string }>()
    const [top, below, deep] = await chain(ada, 3)
    await ada.send('DELETE', `/v1/tasks/${below?.id}`)
    await patch(ada, top, { listId: work })
    await ada.send('POST', `/v1/trash/${below?.id}/restoration`)
    expect(await find(ada, below as Task)).toMatchObject({ parentId: top.id, listId: work })
    expect(await find(ada, deep as Task)).toMatchObject({ parentId: below?.id, listId: work })
  })

  it('is at most on the fifth level, with all that is below it', async ({ expect }) => {
    const ada = await signUp('ada')
    const [top, , , , fifth] = await chain(ada, 5)
    const sixth = await ada.send('POST', '/v1/tasks', { title: '6', parentId: fifth?.id })
    expect(sixth.status).toBe(400)
    expect(await sixth.json()).toMatchObject({ errors: [{ path: 'parentId' }] })
    const [other] = await chain(ada, 2)
    expect((await patch(ada, other, { parentId: (await find(ada, fifth as Task)).parentId })).status).toBe(
      400,
    )
    expect((await patch(ada, top, { parentId: other.id })).status).toBe(400)
    const single = await ada.addTask('single')
    expect((await patch(ada, top, { parentId: single.id })).status).toBe(400)
  })

  it('is not above itself', async ({ expect }) => {
    const ada = await signUp('ada')
    const [top, second, third] = await chain(ada, 3)
    for (const parent of [top, second, third])
      expect((await patch(ada, top, { parentId: parent?.id })).status).toBe(400)
    expect(await find(ada, top)).toEqual(top)
  })

  it('is below one of the user’s own', async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const [his, hers] = [await bob.addTask('his'), await ada.addTask('hers')]
    const seen = async (parentId: string) => {
      const answer = await patch(ada, hers, { parentId })
      return [answer.status, await answer.text()]
    }
    const theirs = await seen(his.id)
    expect(theirs[0]).toBe(400)
    expect(theirs).toEqual(await seen(crypto.randomUUID()))
  })
})

describe('what is done with a task', () => {
  it('is done with the open ones below it, and undone with the same ones', async ({ expect }) => {
    const ada = await signUp('ada')
    const [top, second, third] = await chain(ada, 3)
    const done = await ada.addTask('done before', { parentId: top.id })
    await ada.send('POST', `/v1/tasks/${done.id}/completion`)
    await ada.send('POST', `/v1/tasks/${top.id}/completion`)
    for (const task of [top, second, third, done])
      expect((await find(ada, task as Task)).completedAt).not.toBeNull()
    await ada.send('DELETE', `/v1/tasks/${top.id}/completion`)
    for (const task of [top, second, third]) expect((await find(ada, task as Task)).completedAt).toBeNull()
    expect((await find(ada, done)).completedAt).not.toBeNull()
  })

  it('is not done with those in the trash', async ({ expect }) => {
    const ada = await signUp('ada')
    const [top, below] = await chain(ada, 2)
    await ada.send('DELETE', `/v1/tasks/${below?.id}`)
    await ada.send('POST', `/v1/tasks/${top.id}/completion`)
    await ada.send('POST', `/v1/trash/${below?.id}/restoration`)
    expect(await find(ada, below as Task)).toMatchObject({ parentId: top.id, completedAt: null })
    expect(await sql('select title from completions where user_id = $1', [ada.id])).toEqual([{ title: '1' }])
  })

  it('takes those below it into the trash', async ({ expect }) => {
    const ada = await signUp('ada')
    const [top, ...below] = await chain(ada, 3)
    expect((await ada.send('DELETE', `/v1/tasks/${top.id}`)).status).toBe(204)
    for (const task of below) expect((await ada.send('GET', `/v1/tasks/${task.id}`)).status).toBe(404)
    expect(await ada.tasks()).toEqual([])
  })

  it('is written down once for each that was completed, and taken back', async ({ expect }) => {
    const ada = await signUp('ada')
    const [top] = await chain(ada, 3)
    const written = () => sql('select title from completions where user_id = $1 order by title', [ada.id])
    await ada.send('POST', `/v1/tasks/${top.id}/completion`)
    await ada.send('POST', `/v1/tasks/${top.id}/completion`)
    expect(await written()).toEqual([{ title: '1' }, { title: '2' }, { title: '3' }])
    await ada.send('DELETE', `/v1/tasks/${top.id}/completion`)
    expect(await written()).toEqual([])
  })
})

describe('the order of tasks', () => {
  const titles = async (person: Person) => {
    const rows = await sql('select title from tasks where user_id = $1 order by position', [person.id])
    return rows.map(({ title }) => title)
  }
  const move = (person: Person, { id }: Task, place: object) =>
    person.send('POST', `/v1/tasks/${id}/move`, place)

  it('is what moves make of it', async ({ expect }) => {
    const ada = await signUp('ada')
    const [a, b, c] = [await ada.addTask('a'), await ada.addTask('b'), await ada.addTask('c')]
    await move(ada, c, { before: a.id })
    expect(await titles(ada)).toEqual(['c', 'a', 'b'])
    await move(ada, c, { after: a.id })
    expect(await titles(ada)).toEqual(['a', 'c', 'b'])
    await move(ada, a, {})
    expect(await titles(ada)).toEqual(['c', 'b', 'a'])
    for (let round = 0; round < 40; round += 1) {
      await move(ada, round % 2 ? a : b, { after: c.id })
      expect(await titles(ada)).toEqual(round % 2 ? ['c', 'a', 'b'] : ['c', 'b', 'a'])
    }
  })

  it('is as it was after a move to where a task is already, however often', async ({ expect }) => {
    const ada = await signUp('ada')
    const [a, b, c] = [await ada.addTask('a'), await ada.addTask('b'), await ada.addTask('c')]
    for (const place of [{ before: c.id }, { after: a.id }]) {
      const placed = await (await move(ada, b, place)).json()
      expect(await (await move(ada, b, place)).json()).toEqual(placed)
    }
  })

  it('changes nothing of the others', async ({ expect }) => {
    const ada = await signUp('ada')
    const [a, b, c] = [await ada.addTask('a'), await ada.addTask('b'), await ada.addTask('c')]
    await move(ada, c, { before: b.id })
    expect([await find(ada, a), await find(ada, b)]).toEqual([a, b])
  })

  it('takes a task to a list, and below another, as it is told', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id: home } = await (await ada.send('POST', '/v1/lists', { name: 'Home' })).json<{ id: string }>()
    const [a, b] = [await ada.addTask('a'), await ada.addTask('b', { listId: home })]
    expect(await (await move(ada, a, { listId: home, before: b.id })).json()).toMatchObject({ listId: home })
    expect(await titles(ada)).toEqual(['a', 'b'])
    expect(await (await move(ada, a, { parentId: b.id })).json()).toMatchObject({
      parentId: b.id,
      listId: home,
    })
    expect(await (await move(ada, a, { parentId: null, listId: null })).json()).toMatchObject({
      parentId: null,
      listId: null,
    })
  })
})
