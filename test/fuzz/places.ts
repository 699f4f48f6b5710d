import { type Contract, JSON_TYPE, type Operation, type Parameter, type Schema } from './contract.ts'
import { isObject } from './kept.ts'
import { KNOWN_FIELDS } from './known.ts'
import { type Call, fitsHeader } from './wire.ts'
import type { Person } from './world.ts'

type Ids = Record<string, string>

/** Somewhere in an operation's requests where a text can stand. */
export interface Place {
  operation: Operation
  /** For reports: `createTask body.due.date`. */
  name: string
  /** Whether a password may be hashed there. */
  isSlow: boolean
  /** A call that is good but for that text; none if the text cannot stand there at all. */
  callWith: (text: string, person: Person, ids: Ids) => Call | undefined
}

/** Every path, query and header parameter and every field of the body of the operation. */
export const placesOf = (contract: Contract, operation: Operation): Place[] => [
  ...operation.parameters.map((parameter): Place => {
    const { name, in: where } = parameter
    return {
      operation,
      name: `${operation.id} ${where}.${name}`,
      isSlow: operation.isSlow,
      callWith: (text, person, ids) => {
        if (where === 'header' && !fitsHeader(text)) return undefined
        const good = goodParts(contract, operation, person, ids)
        if (where === 'path') good.path = { ...ids, [name]: text }
        if (where === 'query') good.query = [...good.query.filter(([other]) => other !== name), [name, text]]
        if (where === 'header') good.headers = [[name, text]]
        return callOf(operation, person, good)
      },
    }
  }),
  ...(operation.body ? fieldsOf(contract, operation.body) : []).map(
    ({ path, around }): Place => ({
      operation,
      name: `${operation.id} body.${path.join('.')}`,
      // The token of a link is looked at before the password that comes with it.
      isSlow: operation.isSlow && !path.includes('token'),
      callWith: (text, person, ids) => {
        const good = goodParts(contract, operation, person, ids)
        return callOf(operation, person, { ...good, body: withText({ ...good.body, ...around }, path, text) })
      },
    }),
  ),
]

export interface Parts {
  path: Ids
  query: [string, string][]
  headers: [string, string][]
  body?: Record<string, unknown> | undefined
}

/** What the operation takes, by the contract's examples and what is known beside. Throws if that is not enough. */
export const goodParts = (contract: Contract, operation: Operation, person: Person, ids: Ids): Parts => {
  const required = (where: Parameter['in']) =>
    operation.parameters.filter((parameter) => parameter.in === where && parameter.required)
  const exampleFor = ({ name, schema }: Parameter): [string, string] => {
    const { example } = contract.resolved(schema)
    if (example === undefined) throw new Error(`the fuzzing does not know a ${name} for ${operation.id}`)
    return [name, String(example)]
  }
  for (const { name } of required('path')) {
    if (!(name in ids)) throw new Error(`the fuzzing has no ${name} for ${operation.id}`)
  }
  const parts = {
    path: ids,
    query: required('query').map(exampleFor),
    headers: required('header').map(exampleFor),
  }
  if (!operation.body) return parts
  const example = exampleOf(contract, operation.body)
  const body = { ...(isObject(example) ? example : {}), ...KNOWN_FIELDS[operation.id]?.(person) }
  const misfits = contract.bodyMisfits(operation, body)
  if (misfits) throw new Error(`the fuzzing does not know a body for ${operation.id}: ${misfits}`)
  return { ...parts, body }
}

/** The call of those parts, with the person's credentials. */
export const callOf = (
  { method, path, credentials }: Operation,
  person: Person,
  { path: ids, query, headers, body }: Omit<Parts, 'body'> & { body?: unknown },
): Call => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => escaped(ids[name] ?? ''))
  const search = query.map((pair) => pair.map(escaped).join('=')).join('&')
  const token = credentials.includes('accessToken')
    ? person.token
    : credentials.includes('sessionToken') && person.session
  return {
    method,
    target: search ? `${filled}?${search}` : filled,
    headers: [
      ...(token ? ([['Authorization', `Bearer ${token}`]] satisfies Call['headers']) : []),
      ...(body === undefined ? [] : ([['Content-Type', JSON_TYPE]] satisfies Call['headers'])),
      ...headers,
    ],
    body: body === undefined ? undefined : JSON.stringify(body),
  }
}

const escaped = (text: string) => encodeURIComponent(text.toWellFormed())

interface Field {
  path: string[]
  /** What a body needs for the field to be in it. */
  around: Record<string, unknown>
}

/** The leaves of a body; where a part of it has several forms, the leaves of each. */
const fieldsOf = (contract: Contract, schema: Schema): Field[] => {
  const leaves = (at: Schema, path: string[], set: (value: unknown) => unknown): Field[] => {
    const { properties, anyOf = [], oneOf = [], allOf = [] } = contract.resolved(at)
    const forms = [...anyOf, ...oneOf, ...allOf]
    if (forms.length > 0) return forms.flatMap((form) => leaves(form, path, set))
    if (!properties) {
      const around = set(undefined)
      return [{ path, around: isObject(around) ? around : {} }]
    }
    const base = path.length > 0 ? exampleOf(contract, at) : {}
    return Object.entries(properties).flatMap(([name, inner]) =>
      leaves(inner, [...path, name], (value) => set({ ...(isObject(base) ? base : {}), [name]: value })),
    )
  }
  const all = leaves(schema, [], (value) => value)
  const isSame = (one: Field) => (other: Field) => JSON.stringify(one) === JSON.stringify(other)
  return all.filter((field, at) => field.path.length > 0 && all.findIndex(isSame(field)) === at)
}

/** The contract's own example of that schema, or one that is put together of its parts'. */
const exampleOf = (contract: Contract, schema: Schema): unknown => {
  const { example, properties, required = [], anyOf, const: only } = contract.resolved(schema)
  if (example !== undefined || !(properties || anyOf)) return example ?? only
  if (anyOf?.[0]) return exampleOf(contract, anyOf[0])
  return Object.fromEntries(
    Object.entries(properties ?? {})
      .filter(([name]) => required.includes(name))
      .map(([name, inner]) => [name, exampleOf(contract, inner)]),
  )
}

const withText = (body: unknown, path: string[], text: string): unknown => {
  const [name, ...rest] = path
  if (name === undefined) return text
  const around = isObject(body) ? body : {}
  return { ...around, [name]: withText(around[name], rest, text) }
}
