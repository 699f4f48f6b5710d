import { describe, it } from 'vitest'
import { sql } from './support/database.ts'
import { signUp } from './support/person.ts'

describe('one’s own profile', () => {
  it('holds what one signed up with, and no secret', async ({ expect }) => {
    const ada = await signUp('Ada')
    const answer = await ada.send('GET', '/v1/me')
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({
      id: ada.id,
      name: 'Ada',
      email: ada.email.toLowerCase(),
      emailVerified: true,
      createdAt: instant,
      updatedAt: instant,
    })
  })

  it('is not sent again while the copy is current', async ({ expect }) => {
    const ada = await signUp('Ada')
    const etag = (await ada.send('GET', '/v1/me')).headers.get('etag') ?? ''
    const read = () => ada.send('GET', '/v1/me', undefined, { 'If-None-Match': etag })

    expect((await read()).status).toBe(304)
    await sql(
      "update users set name = 'Augusta', updated_at = updated_at + interval '1 second' where id = $1",
      [ada.id],
    )
    const answer = await read()
    expect([answer.status, (await answer.json<{ name: string }>()).name]).toEqual([200, 'Augusta'])
  })
})
