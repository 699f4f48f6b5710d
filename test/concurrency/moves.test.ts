import { describe, it } from 'vitest'
import { sql } from '../support/database.ts'
import { type Person, signUp } from '../support/person.ts'
import { randomOf } from '../support/random.ts'

const SEED = Math.floor(Math.random() * 2 ** 31)
const THINGS = 16
const ROUNDS = 12

interface Move {
  id: string
  to: { before?: string; after?: string }
}

const add = async (ada: Person, kind: 'tasks' | 'lists', name: string): Promise<string> => {
  const body = kind === 'tasks' ? { title: name } : { name }
  return (await (await ada.send('POST', `/v1/${kind}`, body)).json<{ id: string }>()).id
}

/** All in their order, and by which of the person's writes each was moved last. */
const inOrder = (ada: Person, kind: 'tasks' | 'lists') =>
  sql(`select id, changed_in from ${kind} where user_id = $1 order by position`, [ada.id])

/** The order after that move, by what docs/api.md says of it. */
const moved = (order: string[], { id, to: { before, after } }: Move): string[] => {
  const others = order.filter((other) => other !== id)
  if (before !== undefined) return others.toSpliced(others.indexOf(before), 0, id)
  if (after !== undefined) return others.toSpliced(others.indexOf(after) + 1, 0, id)
  return [...others, id]
}

describe('moves that come at once', { timeout: 120_000 }, () => {
  it.for(['tasks', 'lists'] as const)(
    'do as if they came one by one: %s neither clash nor change the order of the others',
    async (kind, { expect }) => {
      const random = randomOf(SEED)
      const ada = await signUp('ada')
      for (let n = 0; n < THINGS; n += 1) await add(ada, kind, String(n))
      let order = (await inOrder(ada, kind)).map(({ id }) => String(id))

      for (let round = 0; round < ROUNDS; round += 1) {
        const shuffled = order.toSorted(() => random() - 0.5)
        // Most of them to the same place, where they are in each other's way.
        const place = shuffled.at(-1) ?? ''
        const moves: Move[] = shuffled
          .slice(0, THINGS / 2)
          .map((id, n) => {
            const other = n < 5 ? place : (shuffled[n + THINGS / 4] ?? place)
            const side = random()
            if (side < 0.45) return { id, to: { before: other } }
            return { id, to: side < 0.9 ? { after: other } : {} }
          })
          .filter(({ id, to }) => id !== to.before && id !== to.after)
        const answers = await Promise.all(
          moves.map(({ id, to }) => ada.send('POST', `/v1/${kind}/${id}/move`, to)),
        )
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))

        const rows = await inOrder(ada, kind)
        const turn = new Map(rows.map(({ id, changed_in }) => [id, Number(changed_in)]))
        const oneByOne = moves.toSorted((one, other) => (turn.get(one.id) ?? 0) - (turn.get(other.id) ?? 0))
        order = oneByOne.reduce(moved, order)
        expect(
          rows.map(({ id }) => id),
          `seed ${SEED}, round ${round}`,
        ).toEqual(order)
      }
    },
  )
})
