import { describe, it } from 'vitest'
import { sql } from '../support/database.ts'
import { signUp } from '../support/person.ts'

describe('writes that come at once', { timeout: 60_000 }, () => {
  it('under one key are one write, and all get its answer', async ({ expect }) => {
    const ada = await signUp('ada')
    for (let round = 0; round < 5; round += 1) {
      const headers = { 'Idempotency-Key': crypto.randomUUID() }
      const before = (await ada.tasks()).length
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => ada.send('POST', '/v1/tasks', { title: 'buy milk' }, headers)),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
      expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1)
      expect(await ada.tasks()).toHaveLength(before + 1)
    }
  })

  it('of one user are numbered one after the other', async ({ expect }) => {
    const ada = await signUp('ada')
    await Promise.all(Array.from({ length: 40 }, (_, n) => ada.addTask(String(n))))
    const rows = await sql('select changed_in from tasks where user_id = $1 order by changed_in', [ada.id])
    expect(new Set(rows.map((row) => row.changed_in)).size).toBe(40)
  })
})
