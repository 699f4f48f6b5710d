/** What the document says of an operation's query parameter. */
export interface Parameter {
  name: string
  in: string
  schema: Schema
}

interface Schema {
  type?: string
  format?: string
  enum?: string[]
  default?: unknown
  minimum?: number
  maximum?: number
  anyOf?: Schema[]
}

export interface Reading {
  path: string
  parameters: Parameter[]
}

interface Document {
  paths: Record<string, { get?: { parameters?: Parameter[] } }>
}

/** Every operation of the data API that reads, as the Worker itself tells it. */
export const readings = async (origin: string): Promise<Reading[]> => {
  const document = (await (await fetch(`${origin}/openapi.json`)).json()) as Document
  return Object.entries(document.paths).flatMap(([path, { get }]) =>
    get && path.startsWith('/v1/') ? [{ path, parameters: get.parameters ?? [] }] : [],
  )
}

/** What a person has that a query can name: by the parameter's name, or that of the path up to its id. */
export type Known = Record<string, string[]>

/** What to ask of a parameter: all that its schema lists, or else what is known. Throws if that is nothing. */
export const valuesOf = ({ name, schema }: Parameter, known: Known): string[] => {
  const listed = listedIn(schema)
  const named = known[name] ?? []
  const isOpen = listed.length === 0 || (schema.anyOf ?? []).some((form) => listedIn(form).length === 0)
  if (isOpen && named.length === 0) {
    throw new Error(`the query parameter ${name} is measured with no value: add some to bench/scale/known.ts`)
  }
  return [...listed, ...(isOpen ? named : [])]
}

const listedIn = ({ type, enum: words = [], minimum, maximum, anyOf = [] }: Schema): string[] => {
  if (anyOf.length > 0) return anyOf.flatMap(listedIn)
  if (type === 'boolean') return ['true', 'false']
  if (type === 'integer' && minimum !== undefined && maximum !== undefined && maximum - minimum < 10) {
    return Array.from({ length: maximum - minimum + 1 }, (_, n) => String(minimum + n))
  }
  return words
}
