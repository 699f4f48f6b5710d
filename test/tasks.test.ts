import { describe, it } from 'vitest'
import { signUp } from './support/person.ts'

describe('a task', () => {
  it('comes back as it was added', async ({ expect }) => {
    const ada = await signUp('ada')
    const answer = await ada.send('POST', '/v1/tasks', { title: '  buy milk ', due: { date: '2026-12-01' } })
    const task = await answer.json()

    expect(answer.status).toBe(201)
    expect(task).toMatchObject({
      title: 'buy milk',
      notes: '',
      priority: 0,
      due: { date: '2026-12-01' },
      version: 1,
    })
    expect(await ada.tasks()).toEqual([task])
  })
})
