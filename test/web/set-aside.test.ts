import { describe, it, onTestFinished } from 'vitest'
import type { Operation } from '../../web/src/replica/operation.ts'
import { device } from '../support/device.ts'
import { signUp } from '../support/person.ts'

const MINUTE_MS = 60_000
const TOO_LONG = 'x'.repeat(501)
const offline = { isOnline: () => false }

const ownDevice = async () => {
  const ada = await signUp('ada')
  const own = device(ada)
  onTestFinished(async () => {
    await own.closeAll()
  })
  return { ada, own }
}

const adding = (title: string, id: string = crypto.randomUUID()): Operation => ({
  operation: 'createTask',
  body: { id, title },
})

const isAbout =
  (...ids: string[]) =>
  (operations: readonly Operation[]) =>
    operations.some((operation) => {
      const id = 'id' in operation ? operation.id : operation.body.id
      return id !== undefined && ids.includes(id)
    })

/** A tab that has been offline while these were made, each in a write of its own, and its clock. */
const withUnsent = async (own: ReturnType<typeof device>, operations: Operation[]) => {
  const away = await own.openTab(offline)
  for (const operation of operations) await away.make(operation)
  await away.close()
  let time = Date.parse('2026-11-21T09:00:00.000Z')
  const tab = await own.openTab({ now: () => time })
  return {
    tab,
    /** Tries that often, so that it takes that long. */
    tryFor: async (times: number, ms: number) => {
      for (let tried = 1; tried <= times; tried += 1) {
        await tab.keepUp()
        if (tried < times) time += ms / (times - 1)
      }
    },
  }
}

describe('a new task that is refused', () => {
  it('is kept with the reason, through a reload, and made when it has been put right', async ({ expect }) => {
    const { ada, own } = await ownDevice()
    const tab = await own.openTab()
    await tab.make(adding(TOO_LONG))
    await tab.keepUp()
    expect(tab.titles()).toEqual([])
    await tab.close()

    const again = await own.openTab()
    const [write, ...others] = again.picture().setAside
    expect(others).toEqual([])
    expect(write).toMatchObject({
      operations: [{ body: { title: TOO_LONG } }],
      setAside: { reason: 'title must have at most 500 characters' },
    })
    if (write) await again.tryAgain(write, [adding('shorter')])
    expect(again.titles()).toEqual(['shorter'])
    await again.keepUp()
    expect(again.picture()).toMatchObject({ setAside: [], unsent: 0 })
    expect((await ada.tasks()).map(({ title }) => title)).toEqual(['shorter'])
    expect(await own.kept.queue()).toEqual([])
  })

  it('is refused again as it was, kept once, and goes when it is discarded, in both tabs', async ({
    expect,
  }) => {
    const { own } = await ownDevice()
    const [tab, other] = [await own.openTab(), await own.openTab()]
    await tab.make(adding(TOO_LONG))
    await tab.keepUp()
    const [write] = tab.picture().setAside
    if (write) await tab.tryAgain(write)
    await tab.keepUp()
    expect(tab.picture().setAside).toHaveLength(1)
    expect(tab.refused).toHaveLength(2)
    await expect.poll(() => other.picture().setAside.length).toBe(1)

    if (write) await tab.discard(write)
    expect(tab.picture().setAside).toEqual([])
    expect(tab.titles()).toEqual([])
    await expect.poll(() => other.picture().setAside.length).toBe(0)
    if (write) await tab.keepAside(write)
    expect(tab.picture().setAside).toMatchObject([{ operations: write?.operations }])
  })

  it('leaves the rest of its batch to be made', async ({ expect }) => {
    const { own } = await ownDevice()
    const tab = await own.openTab()
    await tab.make(adding('milk'), adding(TOO_LONG))
    await tab.keepUp()
    expect(tab.titles()).toEqual(['milk'])
    expect(tab.picture().setAside).toMatchObject([{ operations: [{ body: { title: TOO_LONG } }] }])
  })
})

describe('words for a task that has been deleted elsewhere', () => {
  it('are kept; a move of it is not', async ({ expect }) => {
    const { ada, own } = await ownDevice()
    const id = crypto.randomUUID()
    const { tab } = await withUnsent(own, [adding('milk', id)])
    await tab.keepUp()
    await ada.send('DELETE', `/v1/tasks/${id}`)
    await tab.make({ operation: 'changeTask', id, body: { notes: 'a long story' } })
    await tab.make({ operation: 'moveTask', id, body: {} })
    await tab.keepUp()
    expect(tab.refused.map(({ reason }) => reason)).toEqual(Array(2).fill('it is no longer there'))
    expect(tab.picture().setAside).toMatchObject([
      { operations: [{ body: { notes: 'a long story' } }], setAside: { title: 'Changing “milk”' } },
    ])
  })
})

describe('a write that the server fails to make again and again', () => {
  const [bad, child] = [crypto.randomUUID(), crypto.randomUUID()]
  const withOthers = [
    adding('bad', bad),
    { operation: 'createTask', body: { id: child, title: 'child', parentId: bad } } as const,
    adding('good'),
  ]

  it('holds up the others for some minutes; then they are made, and it waits with what depends on it', async ({
    expect,
  }) => {
    const { own } = await ownDevice()
    const { tab, tryFor } = await withUnsent(own, withOthers)
    own.failOn(isAbout(bad))
    await tryFor(4, 2 * MINUTE_MS)
    expect(own.sent).toEqual([])
    expect(tab.picture()).toMatchObject({ unsent: 3, contact: 'failing', setAside: [] })
    await tryFor(2, 2 * MINUTE_MS)

    expect(tab.titles()).toEqual(['good'])
    expect(tab.picture()).toMatchObject({ unsent: 0, contact: 'in step' })
    expect(tab.picture().setAside.map(({ operations }) => operations[0])).toEqual(withOthers.slice(0, 2))
    expect(tab.refused).toMatchObject([{ reason: 'the server fails whenever it is asked for this' }])

    own.failOn(() => false)
    for (const write of tab.picture().setAside) await tab.tryAgain(write)
    await tab.keepUp()
    expect(tab.picture()).toMatchObject({ unsent: 0, setAside: [] })
    expect(tab.titles().toSorted()).toEqual(['bad', 'child', 'good'])
    expect(tab.picture().tasks.get(child)?.parentId).toBe(bad)
  })

  it('many times in a moment, or a few times in hours, holds them up still', async ({ expect }) => {
    const { own } = await ownDevice()
    const { tab, tryFor } = await withUnsent(own, withOthers)
    own.failOn(isAbout(bad))
    await tryFor(4, 60 * MINUTE_MS)
    expect(tab.picture().setAside).toEqual([])
    const other = await ownDevice()
    const hasty = await withUnsent(other.own, withOthers)
    other.own.failOn(isAbout(bad))
    await hasty.tryFor(8, MINUTE_MS)
    expect(hasty.tab.picture().setAside).toEqual([])
    expect(hasty.tab.picture().unsent).toBe(3)
  })

  it('is not set aside while all others fail, too: they are made in their order when that is over', async ({
    expect,
  }) => {
    const { own } = await ownDevice()
    const { tab, tryFor } = await withUnsent(own, withOthers)
    own.failOn(() => true)
    await tryFor(12, 60 * MINUTE_MS)
    expect(tab.picture()).toMatchObject({ unsent: 3, contact: 'failing', setAside: [] })
    own.failOn(() => false)
    await tab.keepUp()
    expect(tab.picture()).toMatchObject({ unsent: 0, setAside: [] })
    expect(own.sent.flat()).toEqual(withOthers)
  })

  it('is tried once more when another has been made, and is not set aside if it is made then', async ({
    expect,
  }) => {
    const { own } = await ownDevice()
    const { tab, tryFor } = await withUnsent(own, withOthers)
    own.failOn(isAbout(bad))
    await tryFor(4, 4 * MINUTE_MS)
    let times = 0
    own.failOn((operations) => {
      if (!isAbout(bad)(operations)) return false
      times += 1
      return times === 1
    })
    await tab.keepUp()
    expect(tab.picture()).toMatchObject({ unsent: 0, setAside: [] })
    expect(tab.titles().toSorted()).toEqual(['bad', 'child', 'good'])
  })

  it('keeps nothing of what is new elsewhere from coming', async ({ expect }) => {
    const { ada, own } = await ownDevice()
    const { tab } = await withUnsent(own, [adding('bad', bad)])
    own.failOn(isAbout(bad))
    await ada.addTask('from elsewhere')
    await tab.keepUp()
    expect(tab.titles().toSorted()).toEqual(['bad', 'from elsewhere'])
    expect(tab.picture()).toMatchObject({ unsent: 1, contact: 'failing' })
  })

  it('and was made after all is not kept aside once it has come', async ({ expect }) => {
    const { ada, own } = await ownDevice()
    const id = crypto.randomUUID()
    const { tab } = await withUnsent(own, [adding('milk', id)])
    await tab.close()
    const [queued] = await own.kept.queue()
    if (queued) await own.kept.put({ ...queued, setAside: { title: 'Adding “milk”', reason: 'it failed' } })
    const created = await ada.send('POST', '/v1/tasks', { id, title: 'milk' })
    expect(created.status).toBe(201)
    const again = await own.openTab()
    expect(again.picture().setAside).toHaveLength(1)
    await again.keepUp()
    expect(again.picture().setAside).toEqual([])
    expect(await own.kept.queue()).toEqual([])
  })
})
