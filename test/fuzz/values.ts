import fc from 'fast-check'
import { anyText } from '../support/any-text.ts'
import type { Contract, Schema } from './contract.ts'

/** Values that fit the schema, its edges among them. Throws for a schema of which it does not know how. */
export const valuesOf = (contract: Contract, schema: Schema): fc.Arbitrary<unknown> => {
  const known = contract.resolved(schema)
  const { anyOf, oneOf, type, format } = known
  if (known.const !== undefined) return fc.constant(known.const)
  if (known.enum) return fc.constantFrom(...known.enum)
  const forms =
    (anyOf ?? oneOf)?.filter((form) => !mustName(contract, form)) ??
    (Array.isArray(type) ? type.map((one) => ({ ...known, type: one })) : undefined)
  if (forms) return fc.oneof(...forms.map((form) => valuesOf(contract, form)))
  switch (type) {
    case 'null':
      return fc.constant(null)
    case 'boolean':
      return fc.boolean()
    case 'integer':
      return fc.integer({ min: known.minimum ?? -(2 ** 31), max: known.maximum ?? 2 ** 31 - 1 })
    case 'string': {
      const formatted = format === undefined ? undefined : FORMATS[format]
      if (formatted) return formatted
      if (format !== undefined && format !== 'password') break
      return textsOf(known)
    }
    case 'array':
      if (known.items && mustName(contract, known.items)) return fc.constant([])
      return fc.array(known.items ? valuesOf(contract, known.items) : fc.jsonValue(), {
        maxLength: known.maxItems ?? 5,
      })
    case 'object':
      return objectsOf(contract, known)
  }
  throw new Error(`the fuzzing knows no value for ${JSON.stringify(known)}`)
}

/** Whether there is no such value but one that names something that is there, which only luck could make up. */
const mustName = (contract: Contract, schema: Schema): boolean => {
  const known = contract.resolved(schema)
  if (known['x-names'] !== undefined) return true
  const forms = known.anyOf ?? known.oneOf
  if (forms) return forms.every((form) => mustName(contract, form))
  // There may be none of them in it.
  if (known.items) return false
  const { properties = {}, required = [] } = known
  return required.some((name) => properties[name] && mustName(contract, properties[name]))
}

const objectsOf = (contract: Contract, { properties = {}, required = [], minProperties = 0 }: Schema) => {
  const values = Object.fromEntries(
    Object.entries(properties)
      .filter(([, property]) => !mustName(contract, property))
      .map(([name, property]) => [name, valuesOf(contract, property)]),
  )
  return fc
    .record(values, { requiredKeys: required.filter((name) => name in values) })
    .filter((object) => Object.keys(object).length >= minProperties)
}

/** Texts of that length in code points, as they come and as they are kept: most are short, some at the limit. */
const textsOf = ({ minLength = 0, maxLength = 1000, pattern, 'x-kept': how }: Schema) => {
  // One that only leaves something out is met by most texts; any other by hardly one that was not made for it.
  if (pattern !== undefined && !pattern.startsWith('^[^')) return fc.stringMatching(new RegExp(pattern))
  const allowed = new RegExp(pattern ?? '', 'u')
  const fits = (text: string) => {
    const length = [...(how === 'trimmed' ? text.trim() : text)].length
    return length >= minLength && length <= maxLength && [...text].length <= maxLength && allowed.test(text)
  }
  const atLimit = fc
    .tuple(
      fc.constantFrom('a', 'é', '字', '👍', '"'),
      fc.constantFrom(minLength || 1, maxLength - 1, maxLength),
    )
    .map(([character, length]) => character.repeat(length))
  const padded = anyText({ maxLength: 40 }).map((text) => text.padEnd(minLength, 'x'))
  return fc.oneof({ weight: 12, arbitrary: padded }, { weight: 1, arbitrary: atLimit }).filter(fits)
}

const day = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString())

const FORMATS: Record<string, fc.Arbitrary<string>> = {
  uuid: fc.uuid(),
  date: day.map((text) => text.slice(0, 10)),
  'date-time': day,
  'local-date-time': day.map((text) => text.slice(0, 19)),
  'time-zone': fc.constantFrom(
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kolkata',
    'US/Pacific',
    'Etc/GMT+5',
  ),
  position: fc.constantFrom('a0', 'a0V', 'a1', 'Zz', 'b00', 'b001', 'zzzzzzzzzzzzzzzzzzzzzzzzzzz'),
  // Those that may count from a completion, too.
  rrule: fc.constantFrom(
    'FREQ=DAILY',
    'FREQ=WEEKLY;INTERVAL=2',
    'FREQ=MONTHLY',
    'FREQ=YEARLY;UNTIL=20400101',
    'INTERVAL=999;FREQ=YEARLY;UNTIL=20400101T090000Z',
  ),
  email: fc
    .tuple(fc.stringMatching(/^[a-zA-Z0-9]{1,20}([.+][a-zA-Z0-9]{1,10})?$/), fc.uuid())
    .map(([name, id]) => `${name}-${id}@Example.com`),
}
