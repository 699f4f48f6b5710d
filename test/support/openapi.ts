import { send } from './worker.ts'

export interface Operation {
  operationId: string
  method: string
  /** As in the document, for example `/v1/tasks/{id}`. */
  path: string
  /** Whether it asks for an access token. */
  isAuthenticated: boolean
  /** Names of the path's parameters. */
  pathParameters: string[]
  queryParameters: string[]
  /** An example of its body, if it takes one. */
  bodyExample: Record<string, unknown> | undefined
  /** Names of the body's fields that hold ids of things that are there, dotted; `[]` after one that holds a list of them. */
  bodyIds: string[]
  /** Whether the caller may choose the id of what it makes. */
  takesOwnId: boolean
  statuses: number[]
}

/** Every operation of the contract, as the Worker itself tells it. */
export const operations = async (): Promise<Operation[]> => {
  const document = await (await send('/openapi.json')).json<Document>()
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(document, path, method, described)),
  )
}

interface Schema {
  $ref?: string
  format?: string
  example?: unknown
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

interface Described {
  operationId: string
  security?: Record<string, unknown>[]
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
}

interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema> }
}

const operationOf = (document: Document, path: string, method: string, described: Described): Operation => {
  const body = described.requestBody?.content['application/json']?.schema
  const ids = body ? [...new Set(idsIn(document, body))] : []
  const namesIn = (place: string) =>
    (described.parameters ?? []).filter((parameter) => parameter.in === place).map(({ name }) => name)
  return {
    operationId: described.operationId,
    method: method.toUpperCase(),
    path,
    isAuthenticated: (described.security ?? []).some((scheme) => 'accessToken' in scheme),
    pathParameters: namesIn('path'),
    queryParameters: namesIn('query'),
    bodyExample: body && exampleOf(document, body),
    bodyIds: ids.filter((name) => name !== OWN_ID),
    takesOwnId: ids.includes(OWN_ID),
    statuses: Object.keys(described.responses).map(Number),
  }
}

/** The field of a new thing's own id. */
const OWN_ID = 'id'

const resolved = ({ components }: Document, schema: Schema): Schema =>
  schema.$ref ? (components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema

/** The schema's own example, or one made of its fields'. */
const exampleOf = (document: Document, schema: Schema): Record<string, unknown> | undefined => {
  const { example, properties } = resolved(document, schema)
  if (example !== undefined || !properties) return example as Record<string, unknown> | undefined
  return Object.fromEntries(
    Object.entries(properties).flatMap(([name, field]) =>
      field.example === undefined ? [] : [[name, field.example]],
    ),
  )
}

const idsIn = (document: Document, schema: Schema, path = ''): string[] => {
  const { format, properties = {}, items, anyOf = [], oneOf = [], allOf = [] } = resolved(document, schema)
  const nested = [...anyOf, ...oneOf, ...allOf]
  return [
    ...(format === 'uuid' ? [path] : []),
    ...nested.flatMap((part) => idsIn(document, part, path)),
    ...(items ? idsIn(document, items, `${path}[]`) : []),
    ...Object.entries(properties).flatMap(([name, part]) =>
      idsIn(document, part, path ? `${path}.${name}` : name),
    ),
  ]
}
