import { describe, it } from 'vitest'
import { signUp } from '../support/person.ts'

// Runs as isolation.test.ts does: each wall must hold alone.

describe('a search in a long text', () => {
  it("looks at one's own, though somebody else's has the same id", async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const words = Array.from({ length: 300 }, (_, n) => `w${n * 7919}`).join(' ')
    const id = crypto.randomUUID()
    await ada.addTask('hers', { id, notes: `${words} oak` })
    await bob.addTask('his', { id, notes: `${words} elm` })
    const found = async (query: string) => {
      const answer = await ada.send('GET', `/v1/tasks?${query}`)
      return (await answer.json<{ items: { title: string }[] }>()).items.map(({ title }) => title)
    }
    expect(await found('q=elm')).toEqual([])
    expect(await found('q=oak&sort=relevance')).toEqual(['hers'])
  })
})
