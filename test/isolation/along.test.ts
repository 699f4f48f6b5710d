import { describe, it } from 'vitest'
import { signUp } from '../support/person.ts'

// Runs as isolation.test.ts does: each wall must hold alone.

describe('what goes along with a task', () => {
  it("hangs on one's own, though somebody else's of the same id has others", async ({ expect }) => {
    const [ada, bob] = [await signUp('ada'), await signUp('bob')]
    const [top, other] = [crypto.randomUUID(), crypto.randomUUID()]
    await ada.addTask('top', { id: top })
    await ada.addTask('another', { id: other })
    await bob.addTask('top', { id: top })
    await bob.addTask('below', { id: other, parentId: top })
    await ada.send('POST', `/v1/tasks/${top}/completion`)
    await ada.send('DELETE', `/v1/tasks/${top}`)
    expect(await ada.tasks()).toMatchObject([{ id: other, title: 'another', completedAt: null }])
    expect(await bob.tasks()).toMatchObject([
      { id: other, completedAt: null },
      { id: top, completedAt: null },
    ])
  })
})
