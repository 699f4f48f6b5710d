import { describe, it, onTestFinished } from 'vitest'
import { createEdgewise, EdgewiseError, type Operation } from '../../client/src/index.ts'
import { memoryStorage } from '../../web/src/replica/memory-storage.ts'
import { byPosition } from '../../web/src/replica/position.ts'
import { device } from '../support/device.ts'
import { type Person, signUp } from '../support/person.ts'
import { env } from '../support/worker.ts'

const ownDevice = async (person?: Person) => {
  const own = device(person ?? (await signUp('ada')))
  onTestFinished(async () => {
    await own.closeAll()
  })
  return own
}

const adding = (title: string, body: object = {}): Operation => ({
  operation: 'createTask',
  body: { id: crypto.randomUUID(), title, ...body },
})

const titlesOnServer = async (person: Person): Promise<string[]> => {
  const tasks = await person.tasks()
  return tasks.toSorted(byPosition).map(({ title }) => title)
}

const offline = { isOnline: () => false }

/** Until it is so; the test's own limit ends what never is. */
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a write', () => {
  it('shows at once, is kept, and is on the server as soon as that can be reached', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    let isOnline = false
    const tab = await own.openTab({ isOnline: () => isOnline })
    const made = tab.make(adding('milk'))
    expect(tab.titles()).toEqual(['milk'])
    await made
    await tab.keepUp()
    expect(tab.picture()).toMatchObject({ unsent: 1, contact: 'offline', isKept: true })
    expect(await own.kept.queue()).toHaveLength(1)
    isOnline = true
    await tab.keepUp()
    expect(tab.picture()).toMatchObject({ unsent: 0, contact: 'in step', isKnown: true })
    expect(await own.kept.queue()).toEqual([])
    expect(await titlesOnServer(ada)).toEqual(['milk'])
  })

  it.for([
    ['whose answer is lost', 'answer lost'],
    ['that never arrives', 'never arrives'],
    ['that meets a failure', new EdgewiseError('internal_error', 'Ours', { status: 500 })],
    ['that comes too soon', new EdgewiseError('too_many_requests', 'Wait', { status: 429, retryAfterMs: 0 })],
    ['that a portal answers', new EdgewiseError('unexpected_answer', 'Pay first', { status: 403 })],
  ] as const)('%s is made once, and those after it after it', async ([, mishap], { expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const tab = await own.openTab(offline)
    for (const title of ['one', 'two', 'three']) await tab.make(adding(title))
    await tab.close()

    const again = await own.openTab()
    expect(again.titles()).toEqual(['one', 'two', 'three'])
    own.next(undefined, mishap)
    await again.keepUp()
    expect(again.picture().unsent).toBe(2)
    expect(again.titles()).toEqual(['one', 'two', 'three'])
    await again.keepUp()
    expect(again.picture()).toMatchObject({ unsent: 0, contact: 'in step' })
    expect(again.titles()).toEqual(['one', 'two', 'three'])
    expect(again.refused).toEqual([])
    expect(await titlesOnServer(ada)).toEqual(['one', 'two', 'three'])
  })

  it('that is made while others are being sent goes out in the same run', async ({ expect }) => {
    const ada = await signUp('ada')
    const tab = await (await ownDevice(ada)).openTab()
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map((title) => tab.make(adding(title))))
    await until(() => tab.picture().unsent === 0 && tab.picture().contact === 'in step')
    expect(await titlesOnServer(ada)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('that is made during a long fetch does not wait for its end', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const before = await own.openTab()
    await before.make(...Array.from({ length: 250 }, (_, index) => adding(`${index}`)))
    await before.keepUp()

    const other = await ownDevice(ada)
    const tab = await other.openTab()
    const fetching = tab.keepUp()
    await until(() => other.line.calls().includes('GET /v1/sync'))
    await tab.make(adding('milk'))
    await fetching
    const calls = other.line.calls()
    expect(calls.filter((call) => call === 'POST /v1/batch')).toHaveLength(1)
    expect(calls.indexOf('POST /v1/batch')).toBe(1)
    await until(() => tab.picture().unsent === 0 && tab.titles().length === 251)
  })

  it('is not sent again by whoever opens the page before its effect has come back', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const tab = await own.openTab(offline)
    await tab.make(adding('milk'))
    await tab.close()
    const [queued] = await own.kept.queue()
    if (queued) await own.kept.put({ ...queued, isMade: true })
    const again = await own.openTab()
    expect(again.titles()).toEqual(['milk'])
    expect(again.picture().unsent).toBe(0)
    await again.keepUp()
    expect(own.sent).toEqual([])
    expect(await own.kept.queue()).toEqual([])
  })

  it('whose key the server has forgotten is known by the ids that it gives', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const milk = adding('milk')
    const tab = await own.openTab(offline)
    await tab.make(milk)
    await tab.close()
    await createEdgewise({
      baseUrl: env.BASE_URL,
      sessionToken: ada.sessionToken,
      fetch: own.line.fetch,
    }).batch([milk])
    const again = await own.openTab()
    await again.keepUp()
    expect(again.refused).toEqual([])
    expect(again.titles()).toEqual(['milk'])
    expect(await titlesOnServer(ada)).toEqual(['milk'])
  })

  it('of 300 things is sent in parts, and taken back by another', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const tab = await own.openTab()
    const notes = '字'.repeat(150)
    const all = Array.from({ length: 300 }, (_, index) => adding(`${index}`, { notes }))
    await tab.make(...all)
    await tab.keepUp()
    expect(own.sent.every((operations) => operations.length <= 100)).toBe(true)
    expect(own.sent.flat()).toHaveLength(300)
    const ids = [...tab.picture().tasks.keys()]
    await tab.make(...ids.map((id) => ({ operation: 'completeTask' as const, id })))
    expect(tab.titles()).toEqual([])
    await tab.make(...ids.map((id) => ({ operation: 'reopenTask' as const, id })))
    await tab.keepUp()
    expect(tab.titles()).toHaveLength(300)
    expect(tab.refused).toEqual([])
  })
})

describe('a write that is refused', () => {
  it('is no more in the picture and told of, and those after it are made', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const tab = await own.openTab(offline)
    await tab.make(adding('x'.repeat(501)))
    await tab.make(adding('milk'))
    await tab.close()
    const again = await own.openTab()
    await again.keepUp()
    expect(again.titles()).toEqual(['milk'])
    expect(again.refused).toMatchObject([
      { operations: [{ operation: 'createTask' }], reason: 'title must have at most 500 characters' },
    ])
    expect(again.picture().unsent).toBe(0)
  })

  it('in one part is made without it, and nothing that was typed is lost', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const [list, label] = [crypto.randomUUID(), crypto.randomUUID()]
    const tab = await own.openTab()
    const task = adding('milk', { listId: list, labelIds: [label] })
    await tab.make(task)
    await tab.keepUp()
    expect(tab.titles()).toEqual(['milk'])
    expect(tab.refused).toMatchObject([{ without: 'listId' }, { without: 'labelIds' }])
    expect(await titlesOnServer(ada)).toEqual(['milk'])
  })

  it('as a label that there is by now gives its things that one', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const tab = await own.openTab()
    const errand = crypto.randomUUID()
    await tab.make({ operation: 'createLabel', body: { id: errand, name: 'Errand' } })
    await tab.keepUp()
    const other = crypto.randomUUID()
    await tab.make(
      { operation: 'createLabel', body: { id: other, name: 'errand' } },
      adding('milk', { labelIds: [other] }),
    )
    await tab.keepUp()
    expect(tab.refused).toEqual([])
    expect([...tab.picture().tasks.values()]).toMatchObject([{ title: 'milk', labelIds: [errand] }])
    expect([...tab.picture().labels.keys()]).toEqual([errand])
  })

  it('because something is gone already is made for the rest', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const tab = await own.openTab()
    const [gone, there] = [adding('gone'), adding('there')]
    await tab.make(gone, there)
    await tab.keepUp()
    const ids = [...tab.picture().tasks.keys()]
    const goneId = [...tab.picture().tasks.values()].find(({ title }) => title === 'gone')?.id
    await ada.send('DELETE', `/v1/tasks/${goneId}`)
    await tab.make(...ids.map((id) => ({ operation: 'deleteTask' as const, id })))
    await tab.keepUp()
    expect(tab.refused).toEqual([])
    expect(tab.titles()).toEqual([])
    expect(await titlesOnServer(ada)).toEqual([])
  })
})

describe('two tabs', () => {
  it('show the same, and send each write once', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const [one, other] = [await own.openTab(), await own.openTab()]
    await Promise.all([
      ...['a', 'b', 'c'].map((title) => one.make(adding(title))),
      ...['d', 'e', 'f'].map((title) => other.make(adding(title))),
    ])
    await until(() => [one, other].every((tab) => tab.picture().unsent === 0 && tab.titles().length === 6))
    expect(own.sent).toHaveLength(6)
    expect(one.titles().toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
    expect(other.titles().toSorted()).toEqual(one.titles().toSorted())
    expect(await titlesOnServer(ada)).toHaveLength(6)
  })

  it('never show less than was there, though what one has sent has not come to the other', async ({
    expect,
  }) => {
    const own = await ownDevice()
    const one = await own.openTab()
    const other = await own.openTab()
    await other.keepUp()
    const seen: number[] = []
    other.subscribe(() => {
      seen.push(other.titles().length)
    })
    await one.make(adding('milk'))
    await until(() => one.picture().unsent === 0)
    await until(() => other.titles().length === 1)
    await other.keepUp()
    expect(seen.slice(seen.indexOf(1)).every((count) => count === 1)).toBe(true)
  })

  it('show what has come of a write since another tab sent it', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('milk')
    const own = await ownDevice(ada)
    let isOnline = true
    const behind = await own.openTab({ isOnline: () => isOnline })
    await behind.keepUp()
    isOnline = false
    await behind.make({ operation: 'changeTask', id, body: { title: 'oat milk' } })
    const sending = await own.openTab()
    await sending.keepUp()
    await until(() => behind.picture().unsent === 0)
    expect(behind.titles()).toEqual(['oat milk'])
    await ada.send('PATCH', `/v1/tasks/${id}`, { title: 'soy milk' })
    isOnline = true
    await behind.keepUp()
    expect(behind.titles()).toEqual(['soy milk'])
  })

  it('that do not hear of each other lose and double nothing', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    own.deafen()
    const [one, other] = [await own.openTab(), await own.openTab()]
    await Promise.all([one.make(adding('a')), other.make(adding('b'))])
    await one.keepUp()
    await other.keepUp()
    await one.keepUp()
    for (const tab of [one, other]) {
      expect(tab.titles().toSorted()).toEqual(['a', 'b'])
      expect(tab.picture().unsent).toBe(0)
    }
    expect(own.sent).toHaveLength(2)
    expect(await own.kept.queue()).toEqual([])
  })

  it('of which one is behind keep the newer state', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    own.deafen()
    const behind = await own.openTab()
    await behind.keepUp()
    const ahead = await own.openTab()
    await ahead.make(adding('milk'))
    await ahead.keepUp()
    await behind.make(adding('bread'))
    await behind.keepUp()
    await behind.close()
    await ahead.close()
    const later = await own.openTab(offline)
    expect(later.titles().toSorted()).toEqual(['bread', 'milk'])
  })

  it('both tell what was refused', async ({ expect }) => {
    const own = await ownDevice()
    const [one, other] = [await own.openTab(), await own.openTab()]
    await one.make(adding('x'.repeat(501)))
    await until(() => one.refused.length + other.refused.length === 2)
    expect(other.refused).toEqual(one.refused)
  })
})

describe('a browser that keeps nothing', () => {
  it('is told of, and writes are sent all the same', async ({ expect }) => {
    const ada = await signUp('ada')
    const tab = await (await ownDevice(ada)).openTab({ storage: memoryStorage() })
    await tab.make(adding('milk'))
    expect(tab.picture().isKept).toBe(false)
    await tab.keepUp()
    expect(tab.picture()).toMatchObject({ unsent: 0, contact: 'in step' })
    expect(await titlesOnServer(ada)).toEqual(['milk'])
  })
})

describe('whoever was signed out', () => {
  it('finds what was to be sent when signing in again', async ({ expect }) => {
    const ada = await signUp('ada')
    const own = await ownDevice(ada)
    const tab = await own.openTab()
    await tab.keepUp()
    const signedOut = new EdgewiseError('signed_out', 'The session has ended', { status: 401 })
    own.next(signedOut, signedOut)
    await tab.make(adding('milk'))
    await tab.keepUp()
    expect(tab.picture()).toMatchObject({ unsent: 1, contact: 'signed out' })
    await tab.close()
    expect(await own.kept.queue()).toHaveLength(1)
    const again = await own.openTab()
    await again.keepUp()
    expect(await titlesOnServer(ada)).toEqual(['milk'])
  })
})
