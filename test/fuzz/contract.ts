import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

export interface Schema {
  $ref?: string
  type?: string | string[]
  format?: string
  const?: unknown
  example?: unknown
  enum?: unknown[]
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minProperties?: number
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: unknown
  items?: Schema
  maxItems?: number
  pattern?: string
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  /** What becomes of an accepted text: ours, see `src/http/text.ts`. */
  'x-kept'?: 'trimmed' | 'in lower case' | 'in upper case'
  'x-names'?: string
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required?: boolean
  schema: Schema
}

interface Media {
  schema?: Schema
}

interface Response {
  headers?: Record<string, unknown>
  content?: Record<string, Media>
}

interface Described {
  operationId: string
  security?: Record<string, unknown>[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Record<string, Media> }
  responses: Record<string, Response>
}

export interface Operation {
  id: string
  method: string
  /** As in the document, for example `/v1/tasks/{id}`. */
  path: string
  /** What a caller shows, by the name of the security scheme; any one of them will do. */
  credentials: string[]
  parameters: Parameter[]
  body: Schema | undefined
  /** Whether it reckons with passwords, which is slow on purpose. */
  isSlow: boolean
  responses: Record<string, Response>
}

interface Document {
  paths: Record<string, Record<string, Described>>
  components: { schemas: Record<string, Schema> }
}

export type Contract = ReturnType<typeof contractOf>

/** The contract as the Worker itself tells it, with validators for what it describes. */
export const contractOf = (text: string) => {
  const document: Document = JSON.parse(text)
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  addFormats(ajv)
  for (const format of OWN_FORMATS) ajv.addFormat(format, true)
  ajv.addSchema({ $id: 'asked', ...document })
  ajv.addSchema({ $id: 'answered', ...closed(document) })

  const compiled = new Map<string, ValidateFunction>()
  const misfits = (pointer: string, value: unknown): string | undefined => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: pointer })
    compiled.set(pointer, validate)
    return validate(value) ? undefined : ajv.errorsText(validate.errors)
  }
  const resolved = (schema: Schema): Schema =>
    schema.$ref ? (document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema

  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operationOf(path, method, described, resolved)),
  )
  return {
    operations,
    resolved,
    /** Why the answer's body is not one that the contract has for this status; nothing if it is. */
    answerMisfits: ({ path, method }: Operation, status: number, type: string, value: unknown) =>
      misfits(
        pointer('answered', [
          'paths',
          path,
          method.toLowerCase(),
          'responses',
          String(status),
          'content',
          type,
          'schema',
        ]),
        value,
      ),
    /** Why the contract does not take this body. */
    bodyMisfits: ({ path, method }: Operation, value: unknown) =>
      misfits(
        pointer('asked', [
          'paths',
          path,
          method.toLowerCase(),
          'requestBody',
          'content',
          JSON_TYPE,
          'schema',
        ]),
        value,
      ),
  }
}

export const JSON_TYPE = 'application/json'

const OWN_FORMATS = ['local-date-time', 'time-zone', 'password', 'rrule', 'position']

const operationOf = (
  path: string,
  method: string,
  { operationId, security = [], parameters = [], requestBody, responses }: Described,
  resolved: (schema: Schema) => Schema,
): Operation => {
  const body = requestBody?.content[JSON_TYPE]?.schema
  if (requestBody && !body)
    throw new Error(`${operationId} takes a body that is not JSON: teach the fuzzing how`)
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    credentials: security.flatMap(Object.keys),
    parameters,
    body,
    isSlow:
      body !== undefined &&
      Object.keys(resolved(body).properties ?? {}).some((name) => /password/i.test(name)),
    responses,
  }
}

/** The document with nothing left open: an answer has no property that it does not name. */
const closed = <T>(node: T): T => {
  if (node === null || typeof node !== 'object') return node
  if (Array.isArray(node)) return node.map(closed) as T
  const copy = Object.fromEntries(Object.entries(node).map(([name, child]) => [name, closed(child)]))
  if (copy.type === 'object' && copy.properties && !('additionalProperties' in copy)) {
    copy.additionalProperties = false
  }
  return copy as T
}

/** A JSON pointer (RFC 6901) in a URI fragment. */
const pointer = (document: string, names: string[]) =>
  `${document}#/${names.map((name) => encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
