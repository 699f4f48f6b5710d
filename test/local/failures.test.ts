import { describe, it } from 'vitest'
import { BACKENDS, extended, failureOf, neons } from './support/neons.ts'

const { driver, directly, post, url } = neons()

const FIELDS = [
  ...[
    'message',
    'code',
    'detail',
    'hint',
    'position',
    'internalPosition',
    'internalQuery',
    'severity',
    'where',
  ],
  ...['schema', 'table', 'column', 'dataType', 'constraint', 'file', 'routine'],
]

const fieldsOf = (failure: Record<string, unknown>) =>
  Object.fromEntries(FIELDS.map((name) => [name, failure[name] ?? undefined]))

const MISTAKES: [mistake: string, query: string, params?: unknown[]][] = [
  ['a syntax error', 'SELECT 1 +'],
  ['an unknown column', 'SELECT 123 WHERE x'],
  ['a misspelt column', 'SELECT nmae FROM items'],
  ['an unknown table', 'SELECT * FROM nowhere'],
  ['a value missing', 'INSERT INTO items (id) VALUES (1)'],
  ['a check that fails', "INSERT INTO items VALUES (1, 'a name that is much too long')"],
  ['a domain that fails', "INSERT INTO items VALUES (1, 'x', -1)"],
  ['a key used twice', "INSERT INTO items VALUES (1, 'x'), (1, 'y')"],
  ['a bad number', "SELECT 'x'::int"],
  ['a bad parameter', 'SELECT $1::int', ['x']],
  ['bad JSON', "SELECT '{'::json"],
  ['a bad enum label', "SELECT 'glad'::mood"],
  ['a division by zero', 'SELECT 1 / 0'],
  ['too few parameters', 'SELECT $1', []],
  ['too many parameters', 'SELECT $1', ['1', '2']],
  ['several statements', 'SELECT 1; SELECT 2'],
  ['a function that raises every field', 'SELECT complain()'],
  ['a mistake inside a function', 'SELECT stumble()'],
  ['a table without the right to it', 'SELECT * FROM secrets'],
  ['a command for superusers', 'CREATE ROLE mallory SUPERUSER'],
  ['an untyped parameter', 'SELECT $1::int + $2', ['1', 'x']],
  ['a parameter with a NUL', 'SELECT $1::text', ['a\0b']],
]

describe.each(BACKENDS)('failures over %s', (backend) => {
  it.for(MISTAKES)('describes %s as pg does', async ([, query, params = []], { expect }) => {
    const sent = await failureOf(driver(backend).query(query, params))
    await directly('ada', async (client) => {
      const expected = await failureOf(extended(client, query, params))
      expect(fieldsOf(sent)).toEqual(fieldsOf(expected))
      expect(Number(sent.line)).toBeGreaterThan(0)
    })
  })

  it('answers 400 with every field, null where there is nothing to say', async ({ expect }) => {
    const response = await post(backend, { query: 'SELECT 1 / 0' })
    expect(response.status).toBe(400)
    expect(response.body).toEqual({
      message: 'division by zero',
      code: '22012',
      detail: null,
      hint: null,
      position: null,
      internalPosition: null,
      internalQuery: null,
      severity: 'ERROR',
      where: null,
      table: null,
      column: null,
      schema: null,
      dataType: null,
      constraint: null,
      file: expect.any(String),
      line: expect.stringMatching(/^\d+$/),
      routine: expect.any(String),
    })
  })

  it('says a position inside a function apart from one in the query', async ({ expect }) => {
    const body = await post(backend, { query: 'SELECT stumble()' })
    expect(body).toMatchObject({ position: null, internalPosition: '9', internalQuery: '(SELECT nothing)' })
  })

  it.for([
    ['a wrong password', 'ada', 'wrong'],
    ['an unknown role', 'nobody', 'nobody'],
    ['a role that may not log in', 'sleeper', 'sleeper'],
    ['an expired password', 'expired', 'expired'],
    ['the superuser without a password', 'postgres', 'postgres'],
  ] as const)('refuses %s without saying which of these it is', async ([, user, password], { expect }) => {
    const headers = { 'Neon-Connection-String': url(backend, user, password) }
    const response = await post(backend, { query: 'SELECT 1' }, headers)
    expect(response.status).toBe(400)
    expect(response).toMatchObject({
      message: `password authentication failed for user '${user}'`,
      code: '',
      severity: '',
      detail: null,
    })
  })

  it('takes names and passwords that need escaping in a URL', async ({ expect }) => {
    const [user, password] = ["o'dd@user:/%", 'p@ss:/?#%+$^&*!'].map(encodeURIComponent)
    const headers = { 'Neon-Connection-String': url(backend, user, password) }
    const response = await post(backend, { query: 'SELECT current_user AS who' }, headers)
    expect(response.rows).toEqual([{ who: "o'dd@user:/%" }])
  })

  it('refuses a database that does not exist', async ({ expect }) => {
    const headers = { 'Neon-Connection-String': url(backend, 'ada', 'ada', 'nowhere') }
    const response = await post(backend, { query: 'SELECT 1' }, headers)
    expect(response.status).toBe(400)
    expect(response).toMatchObject({
      message: 'database "nowhere" does not exist',
      code: '3D000',
    })
  })

  it.for([
    'COPY items FROM STDIN',
    'COPY items TO STDOUT',
    '/* c */ -- c\n copy items from stdin',
    ';COPY items FROM STDIN',
  ])('refuses %j, which the protocol has no place for, and lives on', async (query, { expect }) => {
    const response = await post(backend, { query })
    expect(response.status).toBe(400)
    expect(response).toMatchObject({ message: 'unexpected message from server', code: '' })
    expect((await post(backend, { query: 'SELECT 1' })).status).toBe(200)
  })
})
