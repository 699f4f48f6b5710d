import type { FullQueryResults } from '@neondatabase/serverless'
import type { FieldDef } from 'pg'
import { describe, it } from 'vitest'
import { BACKENDS, type BackendName, extended, neons } from './support/neons.ts'

const { driver, directly, post } = neons()

/** Ids of what tests create differ from one database to the next; those of Postgres's own do not. */
const FIRST_USER_ID = 16384

const comparable = (backend: BackendName, fields: FieldDef[]) =>
  fields.map(({ name, tableID, columnID, dataTypeID, dataTypeSize, dataTypeModifier, format }) => ({
    name,
    columnID,
    dataTypeSize,
    dataTypeModifier,
    format,
    tableID: backend === 'postgres' || tableID < FIRST_USER_ID ? tableID : 'created',
    dataTypeID: backend === 'postgres' || dataTypeID < FIRST_USER_ID ? dataTypeID : 'created',
  }))

const VALUES: [type: string, query: string, params?: unknown[]][] = [
  [
    'integers',
    "SELECT 1::int2 AS a, (-2)::int4 AS b, 9223372036854775807::int8 AS c, 42::oid AS d, 'ada'::regrole AS e",
  ],
  [
    'floats',
    "SELECT 1.5::float4 AS a, 0.1::float8 AS b, 'NaN'::float8 AS c, '-Infinity'::float4 AS d, 1e-300::float8 AS e",
  ],
  ['numerics', "SELECT 12345678901234567890.123456789 AS a, 'NaN'::numeric AS b, 1::numeric(10, 2) AS c"],
  ['booleans', 'SELECT true AS a, false AS b, NULL::bool AS c'],
  [
    'texts',
    "SELECT '' AS a, 'ünïcödé 🦆' AS b, 'a'::char(5) AS c, E'tab\\tnew\\nline\"\\\\' AS d, 'x'::name AS e",
  ],
  ['nulls', 'SELECT NULL AS a, NULL::int AS b, NULL::int[] AS c, NULL::jsonb AS d'],
  [
    'arrays',
    "SELECT ARRAY[1, NULL, 3] AS a, ARRAY['a,b', 'c\"d', '', 'NULL', NULL] AS b, '{{1,2},{3,4}}'::int[] AS c, '{}'::text[] AS d, '[2:3]={1,2}'::int[] AS e",
  ],
  [
    'JSON',
    `SELECT '{"b": 1, "a": [null, true]}'::json AS a, '{"b": 1, "a": {}}'::jsonb AS b, 'null'::jsonb AS c, '"x"'::json AS d`,
  ],
  ['bytes', "SELECT '\\x00ff10'::bytea AS a, ''::bytea AS b"],
  [
    'dates',
    "SELECT '2026-02-28'::date AS a, '2026-02-28 23:59:59.123456'::timestamp AS b, '2026-02-28 23:59:59+05:30'::timestamptz AS c",
  ],
  [
    'odd dates',
    "SELECT 'infinity'::timestamptz AS a, '0044-03-15 BC'::date AS b, '12:34:56.7'::time AS c, '12:34+02'::timetz AS d",
  ],
  ['intervals', "SELECT '1 year 2 mons -3 days 04:05:06.789'::interval AS a, '0'::interval AS b"],
  [
    'enums, domains and composites',
    "SELECT 'sad'::mood AS a, ARRAY['happy', 'sad']::mood[] AS b, 5::positive AS c, ROW(1, 'x y')::pair AS d",
  ],
  [
    'ranges and addresses',
    "SELECT '[1,5)'::int4range AS a, '10.0.0.1/8'::inet AS b, '08:00:2b:01:02:03'::macaddr AS c",
  ],
  [
    'uuids and geometry',
    "SELECT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS a, '(1,2)'::point AS b, B'101' AS c",
  ],
  [
    'texts for search',
    "SELECT to_tsvector('english', 'fat cats') AS a, '1.5'::money AS b, 'x'::\"char\" AS c",
  ],
  ['two columns of one name', 'SELECT 1 AS a, 2 AS a'],
  ['no columns', 'SELECT'],
  ['no rows', 'SELECT 1 AS a WHERE false'],
  [
    'parameters',
    'SELECT $1::int AS a, $2::text AS b, $3::text[] AS c, $4::jsonb AS d, $5 AS e',
    [1, null, ['x', 'y,z'], { k: [1] }, 'u'],
  ],
  [
    'dates and bytes as parameters',
    'SELECT $1::timestamptz AS a, $2::bytea AS b',
    [new Date(1e12), Buffer.from([0, 255])],
  ],
  ['settings', 'SHOW search_path'],
  [
    'session settings',
    "SELECT current_setting('TimeZone') AS a, current_setting('DateStyle') AS b, current_setting('IntervalStyle') AS c, current_setting('client_encoding') AS d, current_setting('transaction_isolation') AS e",
  ],
  ['a plan', 'EXPLAIN (COSTS OFF) SELECT 1'],
  ['nothing at all', ''],
  ['a comment', '-- nothing'],
]

const COMMANDS: [command: string, query: string][] = [
  ['CREATE TABLE', 'CREATE TABLE made (id serial PRIMARY KEY, v int)'],
  ['INSERT', 'INSERT INTO made (v) VALUES (10), (20), (30)'],
  ['INSERT … RETURNING', 'INSERT INTO made (v) VALUES (40) RETURNING id, v'],
  ['SELECT from a table', 'SELECT v, id, v + 1 AS next FROM made ORDER BY id'],
  ['UPDATE', 'UPDATE made SET v = v + 1 WHERE v > 10'],
  ['UPDATE of nothing', 'UPDATE made SET v = 0 WHERE false'],
  ['UPDATE … RETURNING', 'UPDATE made SET v = 5 WHERE id = 1 RETURNING *'],
  ['MERGE', 'MERGE INTO made USING (VALUES (1)) AS s (id) ON made.id = s.id WHEN MATCHED THEN DELETE'],
  ['WITH … INSERT', 'WITH w AS (INSERT INTO made (v) VALUES (1) RETURNING v) SELECT v FROM w'],
  ['VALUES', "VALUES (1, 'a'), (2, 'b')"],
  ['TABLE … AS', 'CREATE TABLE copied AS SELECT * FROM made'],
  ['DELETE', 'DELETE FROM made'],
  ['TRUNCATE', 'TRUNCATE made'],
  ['ALTER', 'ALTER TABLE made ADD COLUMN w text'],
  ['DO', 'DO $$ BEGIN PERFORM 1; END $$'],
  ['SET', "SET application_name = 'x'"],
  ['NOTIFY', 'NOTIFY channel'],
  ['VACUUM', 'VACUUM made'],
  ['DROP', 'DROP TABLE made, copied'],
  ['BEGIN', 'BEGIN'],
]

describe.each(BACKENDS)('results over %s', (backend) => {
  it.for(VALUES)('gives %s as pg does', async ([, query, params = []], { expect }) => {
    const sql = driver(backend)
    const asObjects = await sql.query(query, params)
    const asArrays = await sql.query(query, params, { arrayMode: true })

    await directly('ada', async (client) => {
      const expected = await extended(client, query, params)
      expect(asObjects.rows).toEqual(expected.rows)
      expect(asArrays.rows).toEqual(
        (await client.query({ text: query, values: params, rowMode: 'array' })).rows,
      )
      expect(comparable(backend, asObjects.fields)).toEqual(comparable(backend, expected.fields))
      expect(asObjects.rowCount).toBe(expected.rowCount)
    })
  })

  it('gives command tags, row counts and columns as pg does, for any kind of command', async ({ expect }) => {
    const sql = driver(backend)
    const actual: FullQueryResults<false>[] = []
    for (const [, query] of COMMANDS) actual.push(await sql.query(query))

    await directly('ada', async (client) => {
      for (const [i, [name, query]] of COMMANDS.entries()) {
        const { command, rowCount, rows, fields } = await extended(client, query)
        const result = actual[i]
        expect({ ...result, fields: comparable(backend, result?.fields ?? []) }, name).toMatchObject({
          // pg joins the words of a tag; Neon gives the first.
          command: command?.split(' ')[0] ?? '',
          rowCount,
          rows,
          fields: comparable(backend, fields).map((field) => ({
            ...field,
            tableID: field.tableID === 0 ? 0 : expect.anything(),
          })),
        })
      }
    })
  })

  it('gives JSON types instead of text when raw text was not asked for', async ({ expect }) => {
    const query = `SELECT 1 AS n, 2::int8 AS big, 1.5::float8 AS f, 'NaN'::float4 AS nan, true AS yes, 'a' AS s, NULL AS nil,
      '{1,NULL,3}'::int4[] AS ints, '{{a,"b,\\"c"},{"NULL",NULL}}'::text[] AS texts, '{t,f}'::bool[] AS bools, '{}'::int[] AS none,
      '{"k": [1]}'::jsonb AS json, ARRAY['{"k": 1}'::json] AS jsons, ARRAY['sad']::mood[] AS moods, '[0:1]={7,8}'::int2[] AS shifted,
      1.10::numeric AS exact`
    const { rows } = await post(backend, { query })
    expect(rows).toEqual([
      {
        n: 1,
        big: '2',
        f: 1.5,
        nan: 'NaN',
        yes: true,
        s: 'a',
        nil: null,
        ints: [1, null, 3],
        texts: [
          ['a', 'b,"c'],
          ['NULL', null],
        ],
        bools: [true, false],
        none: [],
        json: { k: [1] },
        jsons: [{ k: 1 }],
        moods: ['sad'],
        shifted: [7, 8],
        exact: '1.10',
      },
    ])
  })

  it.for([
    ['false', 'false', { arr: [1, 2, 3], n: 1, s: 'a' }],
    ['false', 'true', [1, 'a', [1, 2, 3]]],
    ['true', 'false', { arr: '{1,2,3}', n: '1', s: 'a' }],
    ['true', 'true', ['1', 'a', '{1,2,3}']],
    ['TRUE', 'True', { arr: [1, 2, 3], n: 1, s: 'a' }],
    ['1', ' yes', { arr: [1, 2, 3], n: 1, s: 'a' }],
  ] as const)(
    'takes raw text %j and array mode %j for true only if exactly true',
    async ([raw, array, row], { expect }) => {
      const query = "SELECT 1 AS n, 'a' AS s, '{1,2,3}'::int4[] AS arr"
      const headers = { 'Neon-Raw-Text-Output': raw, 'Neon-Array-Mode': array }
      const answer = await post(backend, { query }, headers)
      expect(answer.rows).toEqual([row])
      expect(answer.rowAsArray).toBe(array === 'true')
    },
  )

  it('lets a statement choose its own array mode', async ({ expect }) => {
    const queries = [true, false].map((arrayMode) => ({
      query: 'SELECT $1 AS answer',
      params: [42],
      arrayMode,
    }))
    const { results } = await post(backend, { queries }, { 'Neon-Array-Mode': 'false' })
    expect(results).toMatchObject([
      { rowAsArray: true, rows: [['42']] },
      { rowAsArray: false, rows: [{ answer: '42' }] },
    ])
  })

  it.for([
    ['$1', 42, '42'],
    ['$1', true, 'true'],
    ['$1', null, null],
    ['$1', 'a"b\\', 'a"b\\'],
    ['$1 * 1', 42, 42],
    ['$1::int[]', [1, 2, null], [1, 2, null]],
    ['$1::int[]', [[1], [2]], [[1], [2]]],
    ['$1::text[]', ['NULL', 'a"b\\c', '', null], ['NULL', 'a"b\\c', '', null]],
    ["$1::json->'a'", { a: { b: 42 } }, { b: 42 }],
    ['$1::jsonb[]', [{ foo: 1 }, { bar: 'x"y' }], [{ foo: 1 }, { bar: 'x"y' }]],
  ] as const)('takes %s with the JSON parameter %j', async ([expression, param, answer], { expect }) => {
    const response = await post(backend, { query: `SELECT ${expression} AS answer`, params: [param] })
    expect(response.rows).toEqual([{ answer }])
  })
})
