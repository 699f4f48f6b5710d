import fc from 'fast-check'
import { anyText } from '../support/any-text.ts'
import { isObject } from './kept.ts'
import type { Call } from './wire.ts'

/** One thing that is wrong, or odd, about a call that is otherwise good. */
export type Mutation =
  | { kind: 'value'; which: number; value: unknown }
  | { kind: 'length'; which: number; character: string; length: number }
  | { kind: 'missing'; which: number }
  | { kind: 'additional'; name: string; value: unknown }
  | { kind: 'twice'; which: number; value: unknown }
  | { kind: 'deep'; which: number; depth: number }
  | { kind: 'cut'; at: number }
  | { kind: 'body'; bytes: string }
  | { kind: 'method'; method: string }
  | { kind: 'header'; name: string; value: string }
  | { kind: 'query'; text: string }
  | { kind: 'path'; change: keyof typeof PATH_CHANGES }

const LENGTHS = [0, 1, 7, 8, 128, 129, 200, 201, 254, 255, 500, 501, 4096, 4097, 16_384, 16_385, 70_000]

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -0,
    -1,
    4,
    1.5,
    1e308,
    2 ** 53,
    '',
    ' ',
    '0',
    [],
    {},
    [[]],
    [null],
    '\0',
  ),
  fc.constantFrom<unknown>('\ud800', 'a\udc00', { date: '2026-02-30' }, { $ref: '#' }, { toString: 1 }),
  anyText(),
  fc.jsonValue(),
)

const oddName = fc.oneof(
  fc.constantFrom(
    'id',
    'userId',
    'user_id',
    'version',
    '__proto__',
    'constructor',
    'toString',
    '',
    ' title',
    'Title',
  ),
  anyText({ maxLength: 5 }),
)

const OTHER_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']

const header = fc.oneof(
  fc.tuple(
    fc.constant('Content-Type'),
    fc.constantFrom(
      '',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/jsonp',
      'application/json; charset=utf-16',
      'Application/JSON',
      'text/json',
      '*/*',
      ',',
    ),
  ),
  fc.tuple(fc.constant('Accept'), fc.constantFrom('', 'text/html', 'application/xml', '*/*;q=0', 'x', ';;;')),
  fc.tuple(
    fc.constant('Authorization'),
    fc.constantFrom(
      '',
      'Bearer',
      'Bearer ',
      'Bearer x',
      'Bearer a.b.c',
      'Basic YTpi',
      'bearer  x',
      'Bearer %00',
      'Bearer é.é',
    ),
  ),
  fc.tuple(
    fc.constantFrom('If-Match', 'If-None-Match'),
    fc.constantFrom(
      '*',
      '"1"',
      'W/"1"',
      '1',
      '"',
      ',',
      '""',
      '"\\""',
      'é',
      '"999999999999999999999"',
      '"-1"',
    ),
  ),
  fc.tuple(
    fc.constantFrom(
      'Cookie',
      'Range',
      'Expect-CT',
      'Content-Encoding',
      'X-HTTP-Method-Override',
      'X-Forwarded-Host',
      'Accept-Language',
      'If-Modified-Since',
      'Referer',
      'Origin',
      'X-Request-Id',
    ),
    fc.constantFrom(
      '',
      'x',
      'null',
      'bytes=0-1',
      'gzip',
      'DELETE',
      'https://evil.example',
      'a=b; a=c; =; better-auth.session_token=x.y',
      'x'.repeat(4000),
      '%00',
      'é👍',
    ),
  ),
)

const query = fc.oneof(
  fc.constantFrom(
    'limit=0',
    'limit=101',
    'limit=1e1',
    'limit=1&limit=1',
    'completed=TRUE',
    'completed=',
    'cursor=',
    'cursor=%00',
    'cursor=%ff',
    'limit[]=1',
    'x',
    '=x',
    '&',
    '&&limit=1',
    '%',
    '%zz=1',
    'a=%',
    '%00=%00',
    '__proto__=1',
    'constructor',
    'limit=%31',
    'limit=+1',
    '?',
    'limit;completed',
    'token=',
    'token=x',
  ),
  fc.webQueryParameters(),
  anyText({ maxLength: 8 }).map((text) => `cursor=${encodeURIComponent(text.toWellFormed())}`),
)

const PATH_CHANGES = {
  'slash at the end': (path: string) => `${path}/`,
  'two slashes': (path: string) => path.replace(/\/(?=[^/]*$)/, '//'),
  'capital letters': (path: string) => path.replace('/v1', '/V1').replace('/api', '/API'),
  'malformed escape': (path: string) => `${path}%`,
  'bytes that are no text': (path: string) => `${path}%ff%fe`,
  'escaped slash': (path: string) => path.replace(/(?<=.)\/(?=[^/]*$)/, '%2F'),
  'escaped letters': (path: string) => path.replace('tasks', '%74asks').replace('auth', '%61uth'),
  NUL: (path: string) => `${path}%00`,
  parameter: (path: string) => `${path};a=b`,
}

const which = fc.nat({ max: 9 })

export const mutations: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('value'), which, value: oddValue }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('length'),
      which,
      character: fc.constantFrom('a', ' ', '字', '👍', '\n'),
      length: fc.constantFrom(...LENGTHS),
    }),
  },
  fc.record({ kind: fc.constant('missing'), which }),
  fc.record({ kind: fc.constant('additional'), name: oddName, value: oddValue }),
  fc.record({ kind: fc.constant('twice'), which, value: oddValue }),
  fc.record({ kind: fc.constant('deep'), which, depth: fc.constantFrom(5, 31, 32, 33, 1000, 30_000) }),
  fc.record({ kind: fc.constant('cut'), at: fc.nat({ max: 200 }) }),
  fc.record({
    kind: fc.constant('body'),
    bytes: fc.oneof(
      anyText(),
      fc.json(),
      fc.constantFrom('', ' ', 'null', '[]', '"', '\ufeff{}', '{}{}', 'NaN', '{"title":"a",}', "{'title':1}"),
    ),
  }),
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('method'), method: fc.constantFrom(...OTHER_METHODS) }),
  },
  { weight: 3, arbitrary: header.map(([name, value]) => ({ kind: 'header' as const, name, value })) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('query'), text: query }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('path'),
      change: fc.constantFrom(...(Object.keys(PATH_CHANGES) as (keyof typeof PATH_CHANGES)[])),
    }),
  },
)

/** The call with that about it; a call without a body has nothing of a body's to be wrong. */
export const mutated = (call: Call, mutation: Mutation): Call => {
  const { target, headers, body } = call
  const [path = '', search] = target.split('?', 2)
  switch (mutation.kind) {
    case 'method':
      return { ...call, method: mutation.method }
    case 'header': {
      const others = headers.filter(([name]) => name.toLowerCase() !== mutation.name.toLowerCase())
      return { ...call, headers: [...others, [mutation.name, mutation.value]] }
    }
    case 'query':
      return { ...call, target: `${path}?${[search, mutation.text].filter(Boolean).join('&')}` }
    case 'path':
      return { ...call, target: [PATH_CHANGES[mutation.change](path), search].filter(Boolean).join('?') }
    case 'body':
      return typeof body === 'string' ? { ...call, body: mutation.bytes } : call
    case 'cut':
      return typeof body === 'string' ? { ...call, body: body.slice(0, mutation.at) } : call
    default:
      return typeof body === 'string' ? { ...call, body: misshapen(JSON.parse(body), mutation) } : call
  }
}

type OfBody = Exclude<Mutation['kind'], 'method' | 'header' | 'query' | 'path' | 'body' | 'cut'>

const misshapen = (body: unknown, mutation: Extract<Mutation, { kind: OfBody }>): string => {
  const fields = Object.entries(isObject(body) ? body : {})
  if (mutation.kind === 'additional') fields.push([mutation.name, mutation.value])
  else {
    const at = mutation.which % Math.max(fields.length, 1)
    const [name = 'title', value] = fields[at] ?? []
    if (mutation.kind === 'missing') fields.splice(at, 1)
    if (mutation.kind === 'twice') fields.push([name, mutation.value])
    if (mutation.kind === 'value')
      fields[at] = [name, isObject(value) && mutation.which > 5 ? within(value, mutation) : mutation.value]
    if (mutation.kind === 'length') fields[at] = [name, mutation.character.repeat(mutation.length)]
    if (mutation.kind === 'deep') {
      const deep = '['.repeat(mutation.depth) + ']'.repeat(mutation.depth)
      return textOf(fields.filter((_, other) => other !== at)).replace(
        /\}$/,
        `${fields.length > 1 ? ',' : ''}"${name}":${deep}}`,
      )
    }
  }
  return textOf(fields)
}

/** In a field of the field. */
const within = (value: Record<string, unknown>, { which, value: odd }: { which: number; value: unknown }) => {
  const names = Object.keys(value)
  return { ...value, [names[which % Math.max(names.length, 1)] ?? 'x']: odd }
}

/** JSON in which a name may stand twice. */
const textOf = (fields: [string, unknown][]): string =>
  `{${fields.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`
