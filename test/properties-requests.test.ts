import fc from 'fast-check'
import { describe, it } from 'vitest'
import { ID_PLACE, readCursor, writeCursor } from '../src/http/cursor.ts'
import type { Task } from '../src/tasks/contract.ts'
import { anyText } from './support/any-text.ts'
import { ownWorker } from './support/own-worker.ts'
import { type Person, signUp } from './support/person.ts'
import { holds, refusalIn } from './support/property.ts'

interface Page {
  items: Task[]
  nextCursor: string | null
}

const pageOf = (person: Person, query: Record<string, string>) =>
  person.send('GET', `/v1/tasks?${new URLSearchParams(query)}`)

/** Some tasks, every other one completed; newest first. */
const someTasks = async (person: Person, count: number): Promise<Task[]> => {
  for (let n = 0; n < count; n += 1) {
    const { id } = await person.addTask(`task ${n}`)
    if (n % 2) await person.send('POST', `/v1/tasks/${id}/completion`)
  }
  return person.tasks()
}

const uuid = fc.uuid()

describe('a cursor', () => {
  it('is read as it was written, for that query alone', ({ expect }) => {
    const query = fc.string({ unit: 'grapheme-ascii' })
    fc.assert(
      fc.property(query, query, uuid, (one, other, id) => {
        expect(readCursor(one, writeCursor(one, [id]), ID_PLACE)).toEqual([id])
        if (one !== other)
          expect(() => readCursor(other, writeCursor(one, [id]), ID_PLACE)).toThrow('invalid_cursor')
      }),
    )
  })

  it('leads through all tasks once, in order, whatever the filter and the size of the page', async ({
    expect,
  }) => {
    const ada = await signUp('ada')
    const tasks = await someTasks(ada, 13)
    const completed = fc.constantFrom(undefined, 'true', 'false')
    const property = fc.asyncProperty(fc.integer({ min: 1, max: 15 }), completed, async (limit, filter) => {
      const expected = tasks.filter(
        (task) => filter === undefined || (task.completedAt !== null) === (filter === 'true'),
      )
      const seen: Task[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const answer = await pageOf(ada, {
          limit: String(limit),
          ...(filter && { completed: filter }),
          ...(cursor && { cursor }),
        })
        const page: Page = await answer.json()
        expect(page.items.length).toBe(Math.min(limit, expected.length - seen.length))
        seen.push(...page.items)
        cursor = page.nextCursor
      }
      expect(seen).toEqual(expected)
    })
    await holds(property, 30)
  })

  it('that nobody wrote is refused', async ({ expect }) => {
    const ada = await signUp('ada')
    const base64 = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
    const good = writeCursor('tasks?completed=', [crypto.randomUUID()])
    const forged = fc.oneof(
      anyText(),
      fc.string({ unit: 'grapheme-ascii' }).map(base64),
      fc
        .json()
        .filter((text) => /^[\x20-\x7e]*$/.test(text))
        .map(base64),
      uuid.map((id) => base64(JSON.stringify(['tasks?completed=', id, 1]))),
      uuid.map((id) => base64(JSON.stringify(['tasks?completed=', id.toUpperCase().replace(/[0-9]/, 'A')]))),
      uuid.map((id) => base64(` ${JSON.stringify(['tasks?completed=', id])}`)),
      uuid.map((id) => writeCursor('tasks?completed=true', [id])),
      uuid.map((id) => writeCursor('lists?completed=', [id])),
      fc.constantFrom(
        `${good}=`,
        `${good} `,
        `${good}A`,
        good.slice(0, -1),
        good.toUpperCase(),
        good.replaceAll('_', '/').concat('+'),
      ),
    )
    const property = fc.asyncProperty(forged, async (cursor) => {
      expect(await refusalIn(expect, await pageOf(ada, { cursor }))).toBe('invalid_cursor')
    })
    await holds(property, 250)
  })

  it("with a letter changed, or of somebody else's, opens nothing but one's own tasks", async ({
    expect,
  }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const hers = await someTasks(ada, 5)
    await someTasks(bob, 5)
    const { nextCursor } = await (await pageOf(bob, { limit: '2' })).json<Page>()
    const letter = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_')
    const place = fc.nat({ max: (nextCursor?.length ?? 1) - 1 })
    const property = fc.asyncProperty(place, fc.option(letter), async (at, changed) => {
      const theirs = nextCursor ?? ''
      const cursor = changed === null ? theirs : theirs.slice(0, at) + changed + theirs.slice(at + 1)
      const answer = await pageOf(ada, { cursor })
      if (answer.status !== 200) {
        expect(await refusalIn(expect, answer)).toBe('invalid_cursor')
        return
      }
      const { items } = await answer.json<Page>()
      for (const item of items) expect(hers).toContainEqual(item)
    })
    await holds(property, 200)
  })
})

const TAGS = ['"1"', '"2"', 'W/"1"', '"01"', '"x"', '""', '"1,2"', '"9007199254740993"', '"-1"', '"1e0"']
/** Headers that arrive as they are: ASCII, and not blank, which the way from here to the Worker loses. */
const anyHeader = fc
  .oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc
      .array(fc.constantFrom(...TAGS, '*', ',', ', ', ' ', 'W/', '"', '1', 'w/"1"'), { maxLength: 6 })
      .map((parts) => parts.join('')),
  )
  .filter((header) => header.trim() !== '')
const tagList = fc.uniqueArray(fc.constantFrom(...TAGS), { minLength: 1 })

describe('a condition', () => {
  it('of entity tags lets a change through if one is the very version', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const property = fc.asyncProperty(
      tagList,
      fc.constantFrom(',', ', ', ' ,\t', ',,', ', ,'),
      async (tags, separator) => {
        const answer = await ada.send('POST', `/v1/tasks/${id}/completion`, undefined, {
          'If-Match': tags.map((tag) => tag.replace('"1"', '"2"').replace('"01"', '"02"')).join(separator),
        })
        const matches = tags.includes('"1"') || tags.includes('"2"')
        expect(answer.status).toBe(matches ? 200 : 412)
      },
    )
    await ada.send('POST', `/v1/tasks/${id}/completion`)
    await holds(property, 100)
  })

  it('of entity tags tells a current copy, weak or strong', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const property = fc.asyncProperty(tagList, async (tags) => {
      const answer = await ada.send('GET', `/v1/tasks/${id}`, undefined, { 'If-None-Match': tags.join(', ') })
      const matches = tags.includes('"1"') || tags.includes('W/"1"')
      expect(answer.status).toBe(matches ? 304 : 200)
      expect(await answer.text()).toHaveLength(matches ? 0 : JSON.stringify(await readTask(ada, id)).length)
    })
    await holds(property, 60)
  })

  it('of any text is a match, a mismatch or malformed, and nothing worse', async ({ expect }) => {
    const ada = await signUp('ada')
    const { id } = await ada.addTask('buy milk')
    const property = fc.asyncProperty(anyHeader, async (header) => {
      const copy = await ada.send('GET', `/v1/tasks/${id}`, undefined, { 'If-None-Match': header })
      expect([200, 304]).toContain(copy.status)
      if (copy.status === 304) expect(header).toMatch(/"1"|^\s*\*\s*$/)

      const change = await ada.send('DELETE', `/v1/tasks/${id}/completion`, undefined, { 'If-Match': header })
      if (change.status === 200) expect(header).toMatch(/(^|[\s,])"1"|^\s*\*\s*$/)
      else expect(['precondition_failed', 'invalid_request']).toContain(await refusalIn(expect, change))
    })
    await holds(property, 200)
  })
})

describe('a condition without an entity tag', () => {
  it.for(['', ' ', ',', ' , ,', '1', 'W/', '"', '"1', '"1" "2"', '"1""2"', '*, "1"', '**'])(
    'is malformed: [%s]',
    async (header, { expect }) => {
      const [ada, worker] = [await signUp('ada'), ownWorker()]
      const { id } = await ada.addTask('buy milk')
      const answer = await worker.as(ada).send('DELETE', `/v1/tasks/${id}`, undefined, { 'If-Match': header })
      expect(await refusalIn(expect, answer)).toBe('invalid_request')
    },
  )
})

const readTask = async (person: Person, id: string) =>
  (await person.send('GET', `/v1/tasks/${id}`)).json<Task>()

describe('an address', () => {
  it('with any query is answered, and nothing of the query is ignored', async ({ expect }) => {
    const ada = await signUp('ada')
    const key = fc.oneof(
      fc.constantFrom('limit', 'completed', 'cursor', 'Limit', 'limit[]', '__proto__', ''),
      anyText({ maxLength: 5 }),
    )
    const value = fc.oneof(
      fc.constantFrom(
        '1',
        '100',
        '0',
        '101',
        '-1',
        '1.0',
        '01',
        '1e1',
        ' 1',
        'true',
        'false',
        'TRUE',
        '',
        'null',
      ),
      anyText({ maxLength: 8 }),
    )
    const written = fc
      .array(fc.tuple(key, value), { maxLength: 4 })
      .map((pairs) => new URLSearchParams(pairs).toString())
    const property = fc.asyncProperty(fc.oneof(written, fc.webQueryParameters()), async (query) => {
      const answer = await ada.send('GET', `/v1/tasks?${query}`)
      if (answer.status !== 200) {
        await refusalIn(expect, answer)
        return
      }
      const parameters = [...new URL(`http://x/?${query}`).searchParams]
      for (const [name, given] of parameters) {
        expect([name, given]).toEqual([
          expect.stringMatching(/^(limit|completed)$/),
          expect.stringMatching(/^([1-9]\d?|100|true|false)$/),
        ])
      }
      expect(new Set(parameters.map(([name]) => name)).size).toBe(parameters.length)
    })
    await holds(property, 250)
  })

  it('of anything but a task is answered 404', async ({ expect }) => {
    const ada = await signUp('ada')
    const strange = fc.constantFrom(
      '%00',
      '%ff',
      '%',
      '%2e%2e',
      '%2f',
      'null',
      'undefined',
      '0',
      '-',
      '%F0%9F%91%8D',
      '{id}',
      '*',
    )
    const id = fc.oneof(
      uuid,
      uuid.map((text) => `${text} `),
      strange,
      fc.webSegment().filter((text) => !/^\.*$/.test(text)),
      anyText().map(encodedWell),
    )
    const property = fc.asyncProperty(
      id.filter((text) => text.length > 0),
      async (segment) => {
        for (const [method, body] of [['GET'], ['PATCH', { title: 'a' }], ['DELETE']] as const) {
          const answer = await ada.send(method, `/v1/tasks/${segment}`, body)
          expect(await refusalIn(expect, answer)).toBe('not_found')
        }
      },
    )
    await holds(property, 150)
  })
})

const encodedWell = (text: string) => encodeURIComponent(text.toWellFormed())
