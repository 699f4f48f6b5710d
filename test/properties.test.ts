import fc from 'fast-check'
import { describe, it } from 'vitest'
import type { Task } from '../src/tasks/contract.ts'
import { dueToColumns } from '../src/tasks/due.ts'
import { anyText } from './support/any-text.ts'
import { type Person, signUp } from './support/person.ts'
import { holds, refusalIn } from './support/property.ts'

const MAX_BODY_BYTES = 64 * 1024

/** Adds a task; gives the answer and, when it was added, the task as it reads afterwards. */
const added = async (person: Person, body: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await person.send('POST', '/v1/tasks', text)
  if (answer.status !== 201) return { answer }
  const task = await answer.json<Task>()
  const read = await (await person.send('GET', `/v1/tasks/${task.id}`)).json<Task>()
  return { answer, task, read }
}

const charactersIn = (text: string) => [...text].length
const isStorable = (text: string) => text.isWellFormed() && !text.includes('\0')

describe('a title', () => {
  it('comes back as it was sent, trimmed, or is refused', async ({ expect }) => {
    const ada = await signUp('ada')
    const property = fc.asyncProperty(anyText(), async (title) => {
      const { answer, task, read } = await added(ada, { title })
      const length = charactersIn(title.trim())
      if (isStorable(title.trim()) && length >= 1 && length <= 500) {
        expect(task).toMatchObject({ title: title.trim() })
        expect(read).toEqual(task)
      } else {
        expect(await refusalIn(expect, answer)).toBe('invalid_request')
      }
    })
    await holds(property, 250)
  })

  it.for(['a', 'é', '字', '👍', '\u{10ffff}'])(
    'may have 500 of %s and no more',
    async (character, { expect }) => {
      const ada = await signUp('ada')
      for (const length of [499, 500]) {
        expect((await added(ada, { title: character.repeat(length) })).read?.title).toBe(
          character.repeat(length),
        )
        expect((await added(ada, { title: ` ${character.repeat(length)}\n` })).read?.title).toBe(
          character.repeat(length),
        )
      }
      for (const length of [501, 1000]) {
        const { answer } = await added(ada, { title: character.repeat(length) })
        expect(await refusalIn(expect, answer)).toBe('invalid_request')
      }
    },
  )
})

describe('notes', () => {
  it('come back exactly as they were sent, or are refused', async ({ expect }) => {
    const ada = await signUp('ada')
    const property = fc.asyncProperty(anyText(), async (notes) => {
      const { answer, task, read } = await added(ada, { title: 'a', notes })
      if (isStorable(notes)) {
        expect(task).toMatchObject({ notes })
        expect(read).toEqual(task)
      } else {
        expect(await refusalIn(expect, answer)).toBe('invalid_request')
      }
    })
    await holds(property, 250)
  })

  it.for([
    ['a', 16_384, 201],
    ['a', 16_385, 400],
    ['字', 16_384, 201],
    ['字', 16_385, 400],
    ['👍', 16_000, 201],
    ['👍', 16_384, 413],
    ['"', 16_384, 201],
  ] as const)('of %s, %i times, are answered %i', async ([character, length, status], { expect }) => {
    const ada = await signUp('ada')
    const notes = character.repeat(length)
    const { answer, read } = await added(ada, { title: 'a', notes })
    expect(answer.status).toBe(status)
    if (status === 201) expect(read?.notes).toBe(notes)
  })
})

describe('a priority', () => {
  it('is 0, 1, 2 or 3 and nothing else', async ({ expect }) => {
    const ada = await signUp('ada')
    const value = fc.oneof(
      fc.integer({ min: -2, max: 5 }),
      fc.double(),
      fc.constantFrom('0', '3', '', true, [1], {}),
      fc.jsonValue(),
    )
    const property = fc.asyncProperty(value, async (priority) => {
      const sent: unknown = JSON.parse(JSON.stringify({ priority })).priority
      const { answer, read } = await added(ada, { title: 'a', priority })
      if (typeof sent === 'number' && [0, 1, 2, 3].includes(sent)) expect(read?.priority).toBe(sent)
      else expect(await refusalIn(expect, answer)).toBe('invalid_request')
    })
    await holds(property, 120)
  })
})

describe('a body', () => {
  const name = fc.constantFrom(
    'title',
    'notes',
    'priority',
    'due',
    'id',
    'userId',
    'user_id',
    'version',
    'completedAt',
    'createdAt',
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'length',
    '',
    ' title',
    'Title',
    'title\0',
  )
  const value = fc.oneof(
    anyText({ maxLength: 20 }),
    fc.jsonValue(),
    fc.constantFrom(0, 3, null, { date: '2026-12-01' }, { dateTime: '2026-12-01T09:00:00' }, { date: null }),
  )
  /** JSON text of an object, with its members in any order, strange names, and names twice. */
  const members = fc
    .array(
      fc.tuple(
        fc.oneof({ weight: 4, arbitrary: name }, { weight: 1, arbitrary: anyText({ maxLength: 8 }) }),
        value,
      ),
      { maxLength: 5 },
    )
    .map(
      (pairs) =>
        `{${pairs.map(([key, content]) => `${JSON.stringify(key)}:${JSON.stringify(content) ?? 'null'}`)}}`,
    )
  const anyBody = fc.oneof(
    { weight: 5, arbitrary: members },
    { weight: 2, arbitrary: members.map((text) => text.replace('{', '{"title":"a",').replace(',}', '}')) },
    { weight: 1, arbitrary: fc.json() },
    { weight: 1, arbitrary: anyText() },
  )

  it('is taken as it says, or refused: nothing of it is ever left out', async ({ expect }) => {
    const ada = await signUp('ada')
    let tasks = 0
    const property = fc.asyncProperty(anyBody, async (text) => {
      if (text === '') return
      const { answer, read } = await added(ada, text)
      if (!read) {
        await refusalIn(expect, answer)
        return
      }
      tasks += 1
      const sent = JSON.parse(text)
      expect(read).toMatchObject({ ...sent, title: sent.title.trim() })
      expect(Object.keys(sent).every((key) => ['title', 'notes', 'priority', 'due'].includes(key))).toBe(true)
    })
    await holds(property, 400)
    expect((await ada.tasks()).length).toBe(Math.min(tasks, 100))
  })

  it('that changes a task changes what it says and nothing else, or is refused', async ({ expect }) => {
    const ada = await signUp('ada')
    let task = await ada.addTask('buy milk', { notes: 'two bottles', priority: 1 })
    const property = fc.asyncProperty(anyBody, async (text) => {
      if (text === '') return
      const answer = await ada.send('PATCH', `/v1/tasks/${task.id}`, text)
      const now = await (await ada.send('GET', `/v1/tasks/${task.id}`)).json<Task>()
      if (answer.status === 200) {
        const sent = JSON.parse(text)
        const title = sent.title?.trim() ?? task.title
        const { updatedAt } = now
        const said = { ...task, ...sent, title }
        const version = task.version + Number(inOneForm(said) !== inOneForm(task))
        expect(now).toEqual({ ...said, updatedAt, version })
        expect(await answer.json()).toEqual(now)
      } else {
        await refusalIn(expect, answer)
        expect(now).toEqual(task)
      }
      task = now
    })
    await holds(property, 250)
  })

  it('of any bytes is answered', async ({ expect }) => {
    const ada = await signUp('ada')
    const wrapped = fc.uint8Array({ maxLength: 12 }).map((bytes) => {
      const [open, close] = [new TextEncoder().encode('{"title":"a'), new TextEncoder().encode('"}')]
      return new Uint8Array([...open, ...bytes, ...close])
    })
    const property = fc.asyncProperty(fc.oneof(wrapped, fc.uint8Array({ minLength: 1 })), async (bytes) => {
      const answer = await sendBytes(ada, new Uint8Array(bytes))
      if (answer.status !== 201) {
        expect(['malformed_json', 'invalid_request']).toContain(await refusalIn(expect, answer))
        return
      }
      // What is not UTF-8 is never repaired in silence.
      const { title } = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes))
      expect(await answer.json()).toMatchObject({ title: title.trim() })
    })
    await holds(property, 250)
  })

  it.for([
    ['at the limit', MAX_BODY_BYTES, {}, 400],
    ['over it', MAX_BODY_BYTES + 1, {}, 413],
    ['far over it', 20 * MAX_BODY_BYTES, {}, 413],
    ['over it, but calling itself short', MAX_BODY_BYTES + 1, { 'Content-Length': '10' }, 413],
    ['under it, but calling itself long', 100, { 'Content-Length': '10000000' }, 413],
  ] as const)(
    'in pieces, without a length, %s, is counted',
    async ([, length, headers, status], { expect }) => {
      const ada = await signUp('ada')
      const answer = await sendBytes(ada, inPieces(length), headers)
      await refusalIn(expect, answer)
      expect(answer.status).toBe(status)
    },
  )

  it('that never ends is refused as soon as it is too long', async ({ expect }) => {
    const ada = await signUp('ada')
    const answer = await sendBytes(ada, inPieces(MAX_BODY_BYTES + 1, 'and then nothing'))
    expect(await refusalIn(expect, answer)).toBe('payload_too_large')
  })
})

const sendBytes = (person: Person, body: Uint8Array | ReadableStream, headers: Record<string, string> = {}) =>
  person.send('POST', '/v1/tasks', body, { 'Content-Type': 'application/json', ...headers })

/** That many blanks, in pieces of a thousand; it ends after them, or stays open in silence. */
const inPieces = (length: number, after: 'end' | 'and then nothing' = 'end'): ReadableStream<Uint8Array> => {
  let left = length
  return new ReadableStream({
    pull: (controller) => {
      if (left <= 0) return after === 'end' ? controller.close() : new Promise<void>(() => {})
      controller.enqueue(new Uint8Array(Math.min(left, 1000)).fill(0x20))
      left -= 1000
    },
  })
}

/** Two tasks are alike if these are: a due is written in one way only. */
const inOneForm = ({ due, ...task }: Task) => JSON.stringify([task, due && dueToColumns(due)])
