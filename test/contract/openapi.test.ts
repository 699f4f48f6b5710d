import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { beforeAll, describe, it } from 'vitest'
import { createApp } from '../../src/app.ts'
import { readConfig } from '../../src/env.ts'
import { LIMITS } from '../../src/limits/limits.ts'

const UNLIMITED = { limit: async () => ({ success: true }) }
const NOWHERE = 'postgresql://nobody:nothing@localhost:1/none'

interface Media {
  schema: object
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

interface Operation {
  operationId: string
  summary: string
  security?: object[]
  parameters?: ({ name: string } & Media)[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, { description: string; content?: Record<string, Media> }>
}

type Document = {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object & { example?: unknown }> }
}

let document: Document
let operations: (Operation & { method: string; path: string })[]

const PROVIDERS = {
  none: {},
  all: {
    OIDC_ISSUER: 'https://id.test',
    OIDC_CLIENT_ID: 'edgewise',
    OIDC_CLIENT_SECRET: 'none',
    GOOGLE_CLIENT_ID: 'edgewise',
    GOOGLE_CLIENT_SECRET: 'none',
    GITHUB_CLIENT_ID: 'edgewise',
    GITHUB_CLIENT_SECRET: 'none',
  },
}

const readDocument = async (providers: keyof typeof PROVIDERS) => {
  const app = createApp(
    readConfig({
      DATABASE_URL: NOWHERE,
      AUTH_DATABASE_URL: NOWHERE,
      BETTER_AUTH_SECRET: 'a secret of at least 32 characters',
      BASE_URL: 'https://edgewise.test',
      MAIL_FROM: 'edgewise@example.com',
      RESEND_API_KEY: 'none',
      AUTH_LIMIT: UNLIMITED,
      DATA_LIMIT: UNLIMITED,
      ...PROVIDERS[providers],
    }),
  )
  document = (await (await app.request('/openapi.json')).json()) as Document
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  )
}

const DEPLOYMENTS = [
  ['no sign-in providers', 'none'],
  ['every sign-in provider', 'all'],
] as const

describe.for(DEPLOYMENTS)('the contract of a deployment with %s', ([, providers]) => {
  beforeAll(() => readDocument(providers))

  it('is valid OpenAPI 3.1', async ({ expect }) => {
    const validator = new Validator()
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  it('names each operation once, and says what it does', ({ expect }) => {
    const names = operations.map(({ operationId }) => operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const { operationId, summary } of operations) expect(summary, operationId).toMatch(/^[A-Z].{3,}/)
  })

  it('asks for an access token on every operation of /v1, and on no other', ({ expect }) => {
    for (const { path, security = [], operationId } of operations) {
      const asks = security.some((scheme) => 'accessToken' in scheme)
      expect(asks, operationId).toBe(path.startsWith('/v1/'))
    }
  })

  it('tells of every error that the middleware can give', ({ expect }) => {
    for (const { operationId, path, parameters = [], requestBody, responses } of operations) {
      if (!path.startsWith('/v1/')) continue
      const needed = ['400', '401', '429', '500', '503']
      if (path.includes('{')) needed.push('404')
      if (requestBody) needed.push('413', '415')
      if (parameters.some(({ name }) => name === 'if-match')) needed.push('412')
      if (parameters.some(({ name }) => name === 'if-none-match')) needed.push('304')
      expect(Object.keys(responses), operationId).toEqual(expect.arrayContaining(needed))
    }
  })

  it('has a limit for every operation that takes a password, and for the one that makes tokens', ({
    expect,
  }) => {
    const takingPasswords = operations.filter(({ requestBody }) =>
      /password":/i.test(JSON.stringify(requestBody ?? {})),
    )
    const paths = [...takingPasswords.map(({ path }) => path), '/api/auth/token']
    expect(paths).toContain('/api/auth/sign-in/email')
    for (const path of paths) expect(LIMITS).toHaveProperty([path.slice('/api/auth'.length)])
  })

  it('has an example for every body, and every example fits its schema', ({ expect }) => {
    const ajv = new Ajv2020({ strict: false })
    addFormats(ajv)
    ajv
      .addFormat('local-date-time', true)
      .addFormat('password', true)
      .addFormat('time-zone', true)
      .addFormat('position', true)
    ajv.addSchema({ $id: 'contract', ...document })
    const misfits = (schema: object, value: unknown) => {
      const validate = ajv.compile(rebased(schema))
      return validate(value) ? [] : validate.errors
    }

    let seen = 0
    for (const { schema, value, at } of examplesIn(document)) {
      expect(misfits(schema, value), at).toEqual([])
      seen += 1
    }
    expect(seen).toBeGreaterThan(60)
    for (const { operationId, requestBody } of operations) {
      for (const { schema } of Object.values(requestBody?.content ?? {})) {
        expect(exampleOf(schema), operationId).toBeDefined()
      }
    }
  })
})

/** References of the document, as the validator knows it. */
const rebased = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"contract#/'))

const exampleOf = (schema: object & { $ref?: string; example?: unknown; properties?: object }): unknown => {
  const name = schema.$ref?.split('/').at(-1)
  const target: typeof schema = name ? (document.components.schemas[name] ?? {}) : schema
  if (target.example !== undefined) return target.example
  return (
    Object.values(target.properties ?? {}).every((property) => exampleOf(property) !== undefined) || undefined
  )
}

interface Example {
  schema: object
  value: unknown
  at: string
}

/** Every example of the document, wherever it stands, with the schema that it illustrates. */
function* examplesIn(node: unknown, at = '#'): Generator<Example> {
  if (node === null || typeof node !== 'object') return
  if ('example' in node) {
    const { example, ...rest } = node
    yield { schema: 'schema' in rest && rest.schema ? rest.schema : rest, value: example, at }
  }
  if ('examples' in node && 'schema' in node && node.schema && node.examples) {
    for (const [name, { value }] of Object.entries(node.examples as NonNullable<Media['examples']>)) {
      yield { schema: node.schema, value, at: `${at}/examples/${name}` }
    }
  }
  for (const [name, child] of Object.entries(node)) {
    if (name !== 'example' && name !== 'examples') yield* examplesIn(child, `${at}/${name}`)
  }
}
