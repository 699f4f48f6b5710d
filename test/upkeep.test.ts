import { describe, it } from 'vitest'
import { choresOf } from '../src/db/chores.ts'
import { connect } from '../src/db/neon.ts'
import { upkeep } from '../src/upkeep/upkeep.ts'
import { rowsOf, sql } from './support/database.ts'
import { type Person, signUp } from './support/person.ts'
import { agedTombstones, agedTrash, byTheClock } from './support/upkeep.ts'
import { env } from './support/worker.ts'

const remove = (person: Person, path: string) => person.send('DELETE', path)
const add = async (person: Person, kind: 'lists' | 'labels', name: string) =>
  (await (await person.send('POST', `/v1/${kind}`, { name })).json<{ id: string }>()).id
const sync = async (person: Person, since = '') => {
  const answer = await person.send('GET', `/v1/sync${since && `?since=${since}`}`)
  return { status: answer.status, ...(await answer.json<{ next: string; changes: Gone[] }>()) }
}
interface Gone {
  type: string
  id: string
  item: unknown
}
const chores = () => choresOf(connect(env.AUTH_DATABASE_URL, { deadlineMs: 10_000, effect: 'read' }))

/** Someone with a thing of each kind in the trash, and things that hang on them; and one task that is in use. */
const withTrash = async () => {
  const ada = await signUp('ada')
  const [list, label] = [await add(ada, 'lists', 'Home'), await add(ada, 'labels', 'errand')]
  const kept = await ada.addTask('kept', { labelIds: [label] })
  const inList = await ada.addTask('in the list', { listId: list })
  const below = await ada.addTask('below', { parentId: inList.id })
  await ada.send('POST', `/v1/tasks/${below.id}/completion`)
  const [completion] = await sql('select id from completions where user_id = $1', [ada.id])
  const alone = await ada.addTask('alone')
  for (const path of [`lists/${list}`, `labels/${label}`, `tasks/${alone.id}`])
    await remove(ada, `/v1/${path}`)
  const gone = [
    ...[inList, below, alone].map(({ id }) => ({ type: 'task', id })),
    { type: 'completion', id: String(completion?.id) },
    { type: 'list', id: list },
    { type: 'label', id: label },
  ]
  return { ada, kept, list, label, alone, gone }
}

const byId = (one: Gone | { id: string }, other: { id: string }) => one.id.localeCompare(other.id)

describe('the trash', () => {
  it('is kept for 30 days', async ({ expect }) => {
    const { ada, list, label, alone } = await withTrash()
    await agedTrash(ada.id, '30 days -1 minutes')
    const before = await rowsOf(ada.id)
    expect(await byTheClock()).toBe('ok')
    expect(await rowsOf(ada.id)).toEqual(before)
    for (const id of [list, label, alone.id])
      expect((await ada.send('POST', `/v1/trash/${id}/restoration`)).status).toBe(200)
    expect(await ada.tasks()).toHaveLength(4)
  })

  it('is purged then with all that hangs on it, and clients that keep in step are told', async ({
    expect,
  }) => {
    const { ada, kept, gone } = await withTrash()
    await agedTrash(ada.id, '30 days')
    const { next } = await sync(ada)
    expect(await byTheClock()).toBe('ok')
    const { changes } = await sync(ada, next)
    expect(changes.toSorted(byId)).toEqual(
      gone.map((thing) => ({ ...thing, item: null, deletedAt: null })).toSorted(byId),
    )
    const left = await sql(
      `select id from tasks where user_id = $1 union all select id from lists where user_id = $1
       union all select id from labels where user_id = $1 union all select id from completions where user_id = $1
       union all select task_id from task_labels where user_id = $1`,
      [ada.id],
    )
    expect(left).toEqual([{ id: kept.id }])
    expect(await ada.tasks()).toMatchObject([{ id: kept.id, labelIds: [] }])
    expect(
      await sql('select tasks, lists, labels from edgewise.writers where user_id = $1', [ada.id]),
    ).toEqual([{ tasks: 1, lists: 0, labels: 0 }])
  })

  it('gives nothing back from then on, purged or not', async ({ expect }) => {
    const { ada, list, label, alone } = await withTrash()
    await agedTrash(ada.id, '30 days')
    expect(await (await ada.send('GET', '/v1/trash')).json()).toEqual({ items: [], nextCursor: null })
    const before = await rowsOf(ada.id)
    for (const id of [list, label, alone.id])
      expect((await ada.send('POST', `/v1/trash/${id}/restoration`)).status).toBe(404)
    expect(await rowsOf(ada.id)).toEqual(before)
    expect((await remove(ada, `/v1/trash/${alone.id}`)).status).toBe(204)
  })

  it('of others stays as it is', async ({ expect }) => {
    const [{ ada }, bob] = [await withTrash(), await withTrash()]
    await agedTrash(ada.id, '30 days')
    const before = await rowsOf(bob.ada.id)
    await byTheClock()
    expect(await rowsOf(bob.ada.id)).toEqual(before)
  })

  it.for([1, 2, 3])('goes in steps of %i rows, until it is gone', async (stepSize, { expect }) => {
    const { ada, gone } = await withTrash()
    await agedTrash(ada.id, '30 days')
    const { next } = await sync(ada)
    const { tasks, lists, labels } = chores()
    // Lists first, too: one that is not empty must wait for its tasks.
    for (const chore of [lists, tasks, lists, labels]) {
      for (let deleted = 1; deleted > 0; ) {
        const before = (await rowsOf(ada.id)).length
        deleted = await chore(stepSize)
        expect(deleted).toBeLessThanOrEqual(stepSize)
        expect(before - (await rowsOf(ada.id)).length).toBeLessThanOrEqual(stepSize)
      }
    }
    expect((await sync(ada, next)).changes.map(({ id }) => id).toSorted()).toEqual(
      gone.map(({ id }) => id).toSorted(),
    )
  })
})

describe('tombstones', () => {
  it('are kept for 90 days, and whoever has not seen them by then begins anew', async ({ expect }) => {
    const ada = await signUp('ada')
    const [one, other] = [await ada.addTask('one'), await ada.addTask('other')]
    for (const { id } of [one, other]) await remove(ada, `/v1/tasks/${id}`)
    const early = await sync(ada)
    await remove(ada, `/v1/trash/${one.id}`)
    const later = await sync(ada, early.next)
    await agedTombstones(ada.id, '90 days -1 minutes')
    await byTheClock()
    expect(await sync(ada, early.next)).toMatchObject({ status: 200, changes: [{ id: one.id, item: null }] })

    await agedTombstones(ada.id, '90 days')
    await remove(ada, `/v1/trash/${other.id}`)
    expect(await byTheClock()).toBe('ok')
    expect(await sync(ada, early.next)).toMatchObject({ status: 410, code: 'sync_expired' })
    expect(await sync(ada, later.next)).toMatchObject({
      status: 200,
      changes: [{ id: other.id, item: null }],
    })
    expect(await sql('select id from edgewise.tombstones where user_id = $1', [ada.id])).toEqual([
      { id: other.id },
    ])
  })

  it('must not be forgotten before a client that is on its way has come to the end', async ({ expect }) => {
    const ada = await signUp('ada')
    const [one] = [await ada.addTask('one'), await ada.addTask('two'), await ada.addTask('three')]
    const page = async (since = '') => {
      const answer = await ada.send('GET', `/v1/sync?limit=1${since && `&since=${since}`}`)
      return { status: answer.status, ...(await answer.json<{ next: string; more: boolean }>()) }
    }
    const first = await page()
    await remove(ada, `/v1/tasks/${one.id}`)
    await remove(ada, `/v1/trash/${one.id}`)
    const second = await page(first.next)
    expect([first.more, second.more]).toEqual([true, true])
    await agedTombstones(ada.id, '90 days')
    await byTheClock()
    expect((await page(second.next)).status).toBe(410)
  })

  it('go in steps, each of which says what it has forgotten', async ({ expect }) => {
    const ada = await signUp('ada')
    for (const title of ['one', 'two', 'three']) {
      const { id } = await ada.addTask(title)
      await remove(ada, `/v1/tasks/${id}`)
      await remove(ada, `/v1/trash/${id}`)
    }
    await agedTombstones(ada.id, '90 days')
    const state = async () =>
      (
        await sql(
          `select forgotten, (select min(changed_in) from edgewise.tombstones where user_id = $1) as first,
             (select count(*) from edgewise.tombstones where user_id = $1) as left
           from edgewise.writers where user_id = $1`,
          [ada.id],
        )
      )[0]
    const { tombstones } = chores()
    for (let left = 2; left >= 0; left -= 1) {
      expect(await tombstones(1)).toBe(1)
      const { forgotten, first, left: count } = (await state()) ?? {}
      expect(Number(count)).toBe(left)
      expect(Number(forgotten)).toBeLessThan(Number(first ?? Number.POSITIVE_INFINITY))
      expect(Number(forgotten)).toBeGreaterThan(0)
    }
    expect(await tombstones(1)).toBe(0)
  })
})

describe('a kept answer', () => {
  it('goes when its time is over, and not before', async ({ expect }) => {
    const ada = await signUp('ada')
    const add = (key: string) =>
      ada.send('POST', '/v1/tasks', { title: 'buy milk' }, { 'Idempotency-Key': key })
    await add('one')
    const keys = async () =>
      (await sql('select key from edgewise.answers where user_id = $1', [ada.id])).map(({ key }) =>
        String(key),
      )
    expect(await keys()).toHaveLength(1)
    const age = (interval: string) =>
      sql('update edgewise.answers set expires_at = now() + $2::interval where user_id = $1', [
        ada.id,
        interval,
      ])
    await age('1 minute')
    await byTheClock()
    expect(await keys()).toHaveLength(1)
    await add('one')
    expect(await ada.tasks()).toHaveLength(1)
    await age('0 seconds')
    await byTheClock()
    expect(await keys()).toEqual([])
  })
})

describe('a run', () => {
  it('makes no step of more than a thousand rows, whatever it is asked for', async ({ expect }) => {
    expect(
      await sql(
        'select edgewise.step_size(2147483647) as most, edgewise.step_size(0) as least, edgewise.step_size(7) as asked',
      ),
    ).toEqual([{ most: 1000, least: 1, asked: 7 }])
  })

  it('makes a bounded number of steps', async ({ expect }) => {
    let steps = 0
    const endless = async (stepSize: number) => {
      steps += 1
      return stepSize
    }
    await upkeep({ endless }, { mostSteps: 3 })
    expect(steps).toBe(3)
    const over = async () => {
      steps += 1
      return 0
    }
    await upkeep({ over })
    expect(steps).toBe(4)
    const names = Object.keys(chores()).length
    steps = 0
    await upkeep({ endless })
    expect(steps * names).toBeLessThan(50)
  })
})
