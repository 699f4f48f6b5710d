import { describe, it } from 'vitest'
import { fetchAs } from '../../web/src/auth/fetch-as.ts'
import { type Person, signUp } from '../support/person.ts'

/** A server whose cookie is that person's, whoever the tab shows. */
const serverOf = (person: Person): typeof fetch => {
  return async (input) => {
    const answer = Response.json({ token: person.token })
    Object.defineProperty(answer, 'url', { value: String(input) })
    return answer
  }
}
const TOKEN = 'https://edgewise.test/api/auth/token'

describe('a tab', () => {
  it('takes access tokens of the person whom it shows, and of nobody else', async ({ expect }) => {
    const [ada, bob] = await Promise.all([signUp('ada'), signUp('bob')])
    const own = await fetchAs(ada.id, serverOf(ada))(TOKEN)
    expect([own.status, await own.json()]).toEqual([200, { token: ada.token }])
    const foreign = await fetchAs(ada.id, serverOf(bob))(TOKEN)
    expect([foreign.status, await foreign.text()]).toEqual([401, ''])
  })
})
