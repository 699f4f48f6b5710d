import { inject } from 'vitest'
import type { ChannelReport, Fault, Weather } from '../../support/faults.ts'
import type { Person } from './person.ts'

const OUT_OF_REACH: Fault = { when: 'before', answer: 'drop' }

/** The database is out of reach for this person's calls, until something else is ordered. */
export const cutOff = (person: Person) => order(person, { rate: 1, seed: 1, faults: [OUT_OF_REACH] })

/** Calls of this person's fail by chance: before they run or after their commit, when nobody can tell which it was. */
export const makeUnreliable = (person: Person, rate: number, seed: number) =>
  order(person, {
    rate,
    seed,
    faults: [OUT_OF_REACH, { when: 'after', answer: 'drop' }, { when: 'after', answer: 'truncate' }],
  })

export const makeReliable = (person: Person) => order(person, [])

const order = async ({ id }: Person, plan: Fault[] | Weather): Promise<ChannelReport> => {
  const answer = await fetch(`${inject('server').faults}/${id}`, {
    method: 'PUT',
    body: JSON.stringify(plan),
  })
  return answer.json()
}
