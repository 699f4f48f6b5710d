import type { Operation } from '../../replica/operation.ts'

/** What one operation was to write; nothing for a field that it has not. */
export interface TypedText {
  title: string | undefined
  notes: string | undefined
}

/** What can be edited of what was not saved: the text of the one operation that has some. */
export const textIn = (operations: readonly Operation[]): TypedText | undefined => {
  const [first, ...others] = operations.flatMap((operation) => {
    const text = textOf(operation)
    return text.title === undefined && text.notes === undefined ? [] : [text]
  })
  return others.length === 0 ? first : undefined
}

const textOf = (operation: Operation): TypedText => {
  const body: Partial<Record<string, unknown>> = 'body' in operation ? { ...operation.body } : {}
  return { title: asText(body.title ?? body.name), notes: asText(body.notes) }
}

const asText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** The same with other words. */
export const withText = (operations: readonly Operation[], { title, notes }: TypedText): Operation[] =>
  operations.map((operation): Operation => {
    switch (operation.operation) {
      case 'createTask':
      case 'changeTask': {
        const words = { ...(title !== undefined && { title }), ...(notes !== undefined && { notes }) }
        return saysAnything(operation) ? withBody(operation, words) : operation
      }
      case 'createList':
      case 'changeList':
      case 'createLabel':
      case 'changeLabel':
        return saysAnything(operation) && title !== undefined
          ? withBody(operation, { name: title })
          : operation
      default:
        return operation
    }
  })

const saysAnything = (operation: Operation): boolean => textIn([operation]) !== undefined

const withBody = <O extends { body: object }>(operation: O, fields: Partial<O['body']>): O => ({
  ...operation,
  body: { ...operation.body, ...fields },
})

const LONGEST_TITLE = 500

/** A new task of what was to be written into one that is gone. */
export const asNewTask = ({ title, notes }: TypedText): Operation => ({
  operation: 'createTask',
  body: {
    id: crypto.randomUUID(),
    title: (title ?? notes ?? '').trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_TITLE),
    ...(notes !== undefined && { notes }),
  },
})
