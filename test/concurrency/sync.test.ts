import { describe, it } from 'vitest'
import type { Change } from '../../src/sync/contract.ts'
import { heldWrite } from '../support/held-write.ts'
import { type Person, signUp } from '../support/person.ts'
import { randomOf } from '../support/random.ts'
import { inTrash, inUse, replicaOf, trashOf } from '../support/replica.ts'
import { agedTrash, byTheClock, hasDueTrash } from '../support/upkeep.ts'
import { writerOf } from '../support/writers.ts'

const SEED = Math.floor(Math.random() * 2 ** 31)
const WRITERS = 6
const WRITES = 40
const PAGE_SIZES = [1, 2, 5, 100]

const isTrash = ([, { deletedAt }]: [string, { deletedAt: string | null }]) => deletedAt !== null

const nameOf = (item: Change['item']) => item && ('title' in item ? item.title : item.name)

describe('clients that keep in step', { timeout: 240_000 }, () => {
  it.for([1, 2, 3, 4])('end equal to the server, whoever writes meanwhile: %i', async (round, { expect }) => {
    const seed = SEED + round
    const random = randomOf(seed)
    const ada = await signUp('ada')
    const known = { tasks: [], lists: [], labels: [] }
    let isOver = false
    const statuses = new Map<number, number>()

    const writing = Array.from({ length: WRITERS }, async () => {
      const write = writerOf(ada, known, random)
      for (let n = 0; n < WRITES; n += 1) {
        const { status } = await write()
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
    })
    const clock = async () => {
      while (!isOver) {
        await scheduler.wait(400 * random())
        await agedTrash(ada.id, '30 days')
        await byTheClock()
      }
    }
    const clients = PAGE_SIZES.map((size) => replicaOf(ada, size))
    const following = clients.map(async ({ step }) => {
      while (!isOver) {
        await step()
        await scheduler.wait(60 * random())
      }
    })
    const atWork = clock()
    await Promise.all(writing)
    isOver = true
    await Promise.all([atWork, ...following])
    // What is due goes first: another file's clock would take it between two looks.
    while (await hasDueTrash(ada.id)) await byTheClock()

    const message = `seed ${seed}, statuses ${JSON.stringify([...statuses])}`
    expect(
      [...statuses.keys()].filter((status) => status >= 500),
      message,
    ).toEqual([])
    expect(statuses.get(200) ?? 0, message).toBeGreaterThan(20)
    const [things, trash, allTrash] = [await inUse(ada), await trashOf(ada), await inTrash(ada)]
    for (const [index, { copy, catchUp }] of clients.entries()) {
      await catchUp()
      const client = `pages of ${PAGE_SIZES[index]}, ${message}`
      const deleted = [...copy].filter(isTrash)
      expect(new Map([...copy].filter((entry) => !isTrash(entry)).toSorted()), client).toEqual(
        new Map([...things].toSorted()),
      )
      expect(
        deleted
          .map(
            ([key, { item, deletedAt }]) =>
              `${key} ${item && 'version' in item ? item.version : ''} ${deletedAt}`,
          )
          .toSorted(),
        client,
      ).toEqual(allTrash)
      for (const { type, id, name, deletedAt } of trash) {
        const had = copy.get(`${type} ${id}`)
        expect([nameOf(had?.item ?? null), had?.deletedAt], client).toEqual([name, deletedAt])
      }
    }
  })

  it.for([1, 100])(
    'are never ahead of a write that is committed late, in pages of %i',
    async (size, { expect }) => {
      const ada = await signUp('ada')
      const [one, other] = [await ada.addTask('one'), await ada.addTask('other')]
      const client = replicaOf(ada, size)
      await client.catchUp()
      // What changes nothing but a row of its own, so that nothing but the user's turn can be in the way of the next.
      const late = await heldWrite(ada, {
        query: "update tasks set title = 'late' where user_id = $1 and id = $2",
        params: [ada.id, one.id],
      })
      const next = ada.send('PATCH', `/v1/tasks/${other.id}`, { title: 'next' })
      const seen: string[][] = []
      while (!late.isOver()) {
        await client.catchUp()
        seen.push(titlesOf(client.copy))
      }
      expect(seen[0]).toEqual(['one', 'other'])
      expect(seen.filter((titles) => titles.includes('next') && !titles.includes('late'))).toEqual([])
      await late.committed
      expect((await next).status).toBe(200)
      await client.catchUp()
      expect(titlesOf(client.copy)).toEqual(['late', 'next'])
    },
  )

  it('are told of what is purged late', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('before')
    await ada.send('DELETE', `/v1/tasks/${id}`)
    const client = replicaOf(ada, 100)
    const late = await heldWrite(ada, lateTask(ada), {
      query: 'select edgewise.purge($1, $2, 1)',
      params: [ada.id, id],
    })
    const next = ada.addTask('next')
    await client.catchUp()
    expect(titlesOf(client.copy)).toEqual(['before'])
    await Promise.all([late.committed, next])
    await client.catchUp()
    expect(titlesOf(client.copy)).toEqual(['late', 'next'])
  })
})

const lateTask = ({ id }: Person) => ({
  query: "insert into tasks (user_id, id, title) values ($1, gen_random_uuid(), 'late')",
  params: [id],
})

const titlesOf = (copy: ReturnType<typeof replicaOf>['copy']) =>
  [...copy.values()].map(({ item }) => nameOf(item) ?? '').toSorted()
