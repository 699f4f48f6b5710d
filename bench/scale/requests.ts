import { type Known, type Parameter, type Reading, valuesOf } from './contract.ts'

/** A GET without where to begin. */
export interface Asked {
  path: string
  query: Record<string, string>
  /** How many filters it has: what has one at most is also asked from the middle on, and measured. */
  filters: number
  /** Whether its answer is a page of so many at most. */
  isPage: boolean
}

/** What opens a later page. */
const CURSORS = ['cursor', 'since']
const NOT_FILTERS = ['limit', 'sort', ...CURSORS]

/**
 * Everything that a person can ask of the operation: each filter alone, each pair, and as many as go together, in
 * every order that there is; pairs in the usual order only.
 */
export const asksOf = ({ path, parameters }: Reading, known: Known): Asked[] => {
  const actual = path.replace(/^(.*\/)\{id\}$/, (_, before: string) => before + idIn(known, before))
  const queryParameters = parameters.filter((parameter) => parameter.in === 'query')
  const filters = queryParameters
    .filter(({ name }) => !NOT_FILTERS.includes(name))
    .map((parameter) => valuesOf(parameter, known).map((value) => ({ [parameter.name]: value })))
  const singles = filters.flat()
  const pairs = filters.flatMap((these, n) =>
    filters
      .slice(n + 1)
      .flatMap((others) => these.flatMap((one) => others.map((other) => ({ ...one, ...other })))),
  )
  const alone = [{}, ...singles, Object.assign({}, ...filters.map(([first = {}]) => first))]
  const isPage = queryParameters.some(({ name }) => name === 'limit')
  const sort = queryParameters.find(({ name }) => name === 'sort')
  const inOrder = (order: Record<string, string>, selections: Record<string, string>[]): Asked[] =>
    selections.map((selection) => ({
      path: actual,
      query: { ...selection, ...order },
      filters: Object.keys(selection).length,
      isPage,
    }))
  if (!sort) return inOrder({}, [...alone, ...pairs])
  return [
    ...valuesOf(sort, known).flatMap((order) => inOrder({ sort: order }, alone)),
    ...inOrder({ sort: String(sort.schema.default) }, pairs),
  ]
}

export const cursorOf = ({ parameters }: Reading): Parameter | undefined =>
  parameters.find(({ name }) => CURSORS.includes(name))

/** The one combination that the contract refuses. */
export const isRefused = ({ query }: Asked): boolean => query.sort === 'relevance' && query.q === undefined

const idIn = (known: Known, before: string): string => {
  const [id] = known[before] ?? []
  if (id === undefined)
    throw new Error(`${before}{id} is measured with no id: add one to bench/scale/known.ts`)
  return id
}
