import type { Contract, Schema } from './contract.ts'

type Fields = Record<string, unknown>

/** The value as the contract says that it is kept: an accepted one must come back just like this. */
export const kept = (contract: Contract, schema: Schema, value: unknown): unknown => {
  const { properties = {}, items, 'x-kept': how } = contract.resolved(schema)
  if (typeof value === 'string') {
    if (how === 'trimmed') return value.trim()
    if (how === 'in upper case') return value.toUpperCase()
    return how === 'in lower case' ? value.toLowerCase() : value
  }
  if (Array.isArray(value) && items) return value.map((part) => kept(contract, items, part))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => {
      const inner = Object.hasOwn(properties, name) ? properties[name] : undefined
      return [name, inner ? kept(contract, inner, part) : part]
    }),
  )
}

/**
 * The fields of what was sent that an answer shows, itself or in a part like `user`: as they should be, and
 * as they are.
 */
export const comeBack = (contract: Contract, schema: Schema, sent: unknown, answered: unknown) => {
  const [should, are]: [Fields, Fields] = [{}, {}]
  if (!isObject(sent) || !isObject(answered)) return { should, are }
  const expected = kept(contract, schema, sent)
  for (const [name, value] of Object.entries(isObject(expected) ? expected : {})) {
    const place = [answered, ...Object.values(answered).filter(isObject)].find((part) =>
      Object.hasOwn(part, name),
    )
    if (!place) continue
    should[name] = value
    are[name] = named(value, place[name])
  }
  return { should, are }
}

/** Of an answered object, the fields that were sent: the others are the server's to fill in. */
const named = (sent: unknown, answered: unknown): unknown => {
  if (!isObject(sent) || !isObject(answered)) return answered
  const fields = Object.entries(answered).filter(([name]) => Object.hasOwn(sent, name))
  return Object.fromEntries(fields.map(([name, value]) => [name, named(sent[name], value)]))
}

export const isObject = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** What an operation made or changed, in its answer. */
export const madeIn = (operationId: string, answered: unknown): unknown => {
  const within = WITHIN[operationId]
  return within !== undefined && isObject(answered) ? answered[within] : answered
}

/** Where it is in answers that tell more than that. */
const WITHIN: Record<string, string> = { quickAdd: 'task' }
