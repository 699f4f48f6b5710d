import fc from 'fast-check'
import type { Contract, Operation, Parameter } from './contract.ts'
import { type Mutation, mutations } from './mutations.ts'
import { valuesOf } from './values.ts'

/** Whose the thing is that an id in a path names. */
type Whose = { own: number } | 'of another person' | 'absent' | { malformed: string }

type Condition = 'current' | 'stale' | 'any' | undefined

/** One request of a case, in words that mean something in every run of it. */
export interface Step {
  operation: string
  whose: Whose
  query: Record<string, unknown>
  condition: Condition
  body: Record<string, unknown> | undefined
  mutation: Mutation | undefined
}

const LONGEST_CASE = 6

/** Calls one after the other by one person; of each half are good, and half have something about them. */
export const casesOf = (contract: Contract): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      ...contract.operations.map((operation) => ({
        weight: weightOf(operation),
        arbitrary: stepsOf(contract, operation),
      })),
    ),
    { minLength: 1, maxLength: LONGEST_CASE, size: 'max' },
  )

/** Passwords take 50 ms each. */
const weightOf = ({ isSlow, credentials }: Operation) => {
  if (isSlow) return 1
  return credentials.includes('accessToken') ? 30 : 6
}

const stepsOf = (contract: Contract, operation: Operation): fc.Arbitrary<Step> =>
  fc.record({
    operation: fc.constant(operation.id),
    whose: fc.oneof(
      { weight: 12, arbitrary: fc.record({ own: fc.nat({ max: 3 }) }) },
      { weight: 2, arbitrary: fc.constantFrom<Whose>('of another person', 'absent') },
      {
        weight: 1,
        arbitrary: fc.record({
          malformed: fc.constantFrom('x', '0', '%00', '%ff', 'null', '%F0%9F%91%8D', '%', '*'),
        }),
      },
    ),
    query: queriesOf(contract, operation),
    condition: fc.constantFrom<Condition>(undefined, undefined, 'current', 'stale', 'any'),
    body: operation.body
      ? valuesOf(contract, operation.body).map((body) => body as Record<string, unknown>)
      : fc.constant(undefined),
    mutation: fc.option(mutations, { nil: undefined, freq: 2 }),
  })

/** Optional parameters come and go; one that is any text at all is a mark of the service's own, left to mutations. */
const queriesOf = (contract: Contract, { parameters }: Operation) => {
  const queries = parameters.filter(
    (one) => one.in === 'query' && (one.required || one.schema.type !== 'string'),
  )
  return fc.record(
    Object.fromEntries(queries.map(({ name, schema }: Parameter) => [name, valuesOf(contract, schema)])),
    { requiredKeys: queries.filter(({ required }) => required).map(({ name }) => name) },
  )
}
