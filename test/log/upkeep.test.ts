import { describe, it } from 'vitest'
import type { Fault } from '../support/faults.ts'
import { ownWorker } from '../support/own-worker.ts'
import { signUp } from '../support/person.ts'
import { agedTrash } from '../support/upkeep.ts'
import { logOf } from './capture.ts'

const lineOf = async (act: () => Promise<unknown>) => {
  const log = await logOf(act)
  if (log.length !== 1) throw new Error(`${log.length} lines for one run`)
  const { durationMs, ...line } = JSON.parse(log[0] ?? '') as Record<string, unknown>
  if (typeof durationMs !== 'number') throw new Error(`no time: ${log}`)
  return { line, text: log[0] ?? '' }
}

/** Someone with things of every kind that are due, each of which holds a text that no log may. */
const withDueThings = async () => {
  const ada = await signUp('ada')
  const { id } = await ada.addTask('canary')
  await ada.addTask('canary below', { parentId: id })
  await ada.send('DELETE', `/v1/tasks/${id}`)
  for (const kind of ['lists', 'labels']) {
    const thing = await (await ada.send('POST', `/v1/${kind}`, { name: 'canary' })).json<{ id: string }>()
    await ada.send('DELETE', `/v1/${kind}/${thing.id}`)
  }
  await agedTrash(ada.id, '30 days')
  return ada
}

const refused: Fault = {
  when: 'before',
  answer: {
    status: 400,
    body: JSON.stringify({ message: 'canary', code: '57014', severity: 'ERROR', routine: 'canary' }),
  },
}
const forbidden: Fault = {
  when: 'before',
  answer: { status: 400, body: JSON.stringify({ message: "password authentication failed for 'canary'" }) },
}

describe('upkeep leaves one line', () => {
  it('that says how much it has deleted', async ({ expect }) => {
    const [ada, worker] = [await withDueThings(), ownWorker()]
    const { line, text } = await lineOf(worker.upkeep)
    expect(line).toEqual({
      upkeep: { tasks: 2, lists: 1, labels: 1, tombstones: 0, answers: 0 },
      unfinished: [],
      failures: {},
    })
    for (const secret of ['canary', ada.id, ada.email]) expect(text).not.toContain(secret)
    const again = await lineOf(worker.upkeep)
    expect(again.line).toMatchObject({ upkeep: { tasks: 0, lists: 0, labels: 0 } })
  })

  it('that says what failed, by its code alone, and goes on with the rest', async ({ expect }) => {
    const worker = ownWorker({ deadlineMs: 2_000 })
    await withDueThings()
    await worker.play([refused, forbidden])
    const { line, text } = await lineOf(worker.upkeep)
    expect(line).toMatchObject({
      upkeep: { tasks: 0, lists: 0, labels: 1 },
      failures: { tasks: '57014', lists: 'wrong_password' },
    })
    expect(text).not.toContain('canary')
    const { line: next } = await lineOf(worker.upkeep)
    expect(next).toMatchObject({ upkeep: { tasks: 2, lists: 1, labels: 0 }, failures: {} })
  })

  it('that is the same when an answer was lost, but for what cannot be said', async ({ expect }) => {
    const worker = ownWorker()
    await withDueThings()
    await worker.play([{ when: 'after', answer: 'drop' }])
    const { line } = await lineOf(worker.upkeep)
    expect(line).toMatchObject({ upkeep: { lists: 1, labels: 1 }, failures: {} })
    const { line: next } = await lineOf(worker.upkeep)
    expect(next).toMatchObject({ upkeep: { tasks: 0, lists: 0, labels: 0 } })
  })

  it('that says what must go on in the next run', async ({ expect }) => {
    const { upkeep } = await import('../../src/upkeep/upkeep.ts')
    const { line } = await lineOf(() =>
      upkeep({ endless: async () => 3, over: async () => 0 }, { mostSteps: 2 }),
    )
    expect(line).toEqual({ upkeep: { endless: 6, over: 0 }, unfinished: ['endless'], failures: {} })
  })

  it('whatever is thrown', async ({ expect }) => {
    const { upkeep } = await import('../../src/upkeep/upkeep.ts')
    const failing = (thrown: unknown) => async () => Promise.reject(thrown)
    const { line } = await lineOf(() =>
      upkeep({ one: failing(new TypeError('canary')), two: failing('canary') }),
    )
    expect(line).toEqual({
      upkeep: { one: 0, two: 0 },
      unfinished: [],
      failures: { one: 'TypeError', two: 'ThrownValue' },
    })
  })
})
