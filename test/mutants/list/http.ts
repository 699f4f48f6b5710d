import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const HTTP_TEST = shipped('http')
const BODY = shipped('http', 'a body')
const SHAPES = shipped('bodies', 'refuses a body|but not too much')
const CORS = shipped('cors')
const HEADERS = shipped('headers')
const NO_CACHE = shipped('http', 'is kept by no cache')
const FAULTS = shipped('faults')
const CONFIGURATION = killersIn('contract')('contract/source')

/** What HTTP itself guards: bodies, headers, constant answers, and a configuration that will do. */
export const HTTP = [
  ...mutantsOf('src/app.ts', HTTP_TEST, [
    [
      'answers of the data API may be cached',
      "    '/v1/*',\n    noStore,\n",
      "    '/v1/*',\n",
      { killers: NO_CACHE },
    ],
    [
      'answers of sign-in may be cached',
      "app.use('/api/auth/*', noStore, ",
      "app.use('/api/auth/*', ",
      { killers: NO_CACHE },
    ],
    ['answers of health may be cached', "  app.use('/health/*', noStore)\n", '', { killers: NO_CACHE }],
    [
      'bodies of the data API are not bounded',
      '    namedQuery,\n    body,',
      '    namedQuery,',
      { killers: BODY },
    ],
    [
      'bodies of sign-in are not bounded',
      'shield(config.authLimiter), namedQuery, body)',
      'shield(config.authLimiter), namedQuery)',
      { killers: BODY },
    ],
    [
      'bodies are read before the token',
      '    noStore,\n    gate(',
      '    noStore,\n    body,\n    gate(',
      { killers: shipped('bodies', 'that nobody may send') },
    ],
    [
      'bodies are read before the limit',
      'shield(config.authLimiter), namedQuery, body)',
      'body, shield(config.authLimiter), namedQuery)',
      { killers: shipped('bodies', 'that nobody may send') },
    ],
    [
      'answers carry no headers for browsers',
      'observe, securityHeaders(config.baseUrl)',
      'observe',
      { killers: shipped('headers') },
    ],
    [
      'what is no error is thrown on',
      '  app.use(onlyErrors)\n',
      '',
      {
        killers: shipped('faults headers http'),
        lives: 'nothing that a route calls throws what is no error, as far as we know',
      },
    ],
    [
      'other origins ask in vain',
      "  app.use('/v1/*', crossOrigin(config.corsOrigins))\n",
      '',
      { killers: shipped('cors') },
    ],
    ['other methods are no such thing', '  refuseOtherMethods(app)\n', ''],
    [
      'the issuer of a token is any',
      'origin: config.baseUrl',
      "origin: 'http://other.test'",
      { killers: shipped('me') },
    ],
    [
      'keys need no MAC',
      'isOurKeyId(kid, config.authSecret, config.formerAuthSecret)',
      'Promise.resolve(kid !== undefined)',
      { killers: shipped('keys') },
    ],
    [
      'readiness asks nobody',
      'healthRoutes(() => ping(databases.read))',
      'healthRoutes(async () => {})',
      { killers: shipped('faults', 'readiness') },
    ],
  ]),
  ...mutantsOf('src/http/body.ts', BODY, [
    ['a body has any size', 'if (length > maxBytes)', 'if (false)'],
    ['a body may be a byte larger', 'maxBytes: 64 * 1024', 'maxBytes: 64 * 1024 + 1'],
    ['a body must be a byte smaller', 'maxBytes: 64 * 1024', 'maxBytes: 64 * 1024 - 1'],
    ['an array may have one item more', 'maxItems: 100', 'maxItems: 101', { killers: SHAPES }],
    ['an array must have one item less', 'maxItems: 100', 'maxItems: 99', { killers: SHAPES }],
    [
      'a body may be in any encoding',
      'text === undefined) {',
      "text === '\0') {",
      { also: ['misfitsIn(text, maxItems)', "misfitsIn(text ?? '', maxItems)"] },
    ],
    [
      'a body that breaks off is whole',
      "read === 'cut off' ? undefined : utf8(read)\n      if (read === 'cut off' || ",
      "read === 'cut off' ? '' : utf8(read)\n      if (",
      {
        killers: shipped('bodies', 'that breaks off'),
        also: ['withBody(request, read)', "withBody(request, read === 'cut off' ? new Uint8Array() : read)"],
      },
    ],
    [
      'a claimed length does not count',
      "Number(request.headers.get('Content-Length')) > maxBytes",
      'false',
      { killers: shipped('bodies', 'that claims more') },
    ],
    [
      'a body may take any time',
      'Promise.race([reader.read(), deadline])',
      'reader.read()',
      { killers: shipped('bodies') },
    ],
    ['a body that is left goes on', '    abandon(reader)\n', '', { killers: shipped('bodies', 'of 10 MB') }],
    ['a body has any shape', 'if (errors.length > 0)', 'if (false)', { killers: SHAPES }],
  ]),
  ...mutantsOf('src/http/conditional.ts', shipped('properties-requests', 'a condition'), [
    ['a weak tag is a strong one', 'weak ? [] : versionIn(value)', 'versionIn(value)'],
    ['a version may have zeros before it', '/^[1-9]\\d*$/', '/^\\d+$/'],
    [
      'a version may have any length',
      ' && value.length <= MAX_VERSION_DIGITS',
      '',
      { killers: shipped('properties-requests properties tasks') },
    ],
    [
      'a malformed condition is none',
      "context.addIssue({ code: 'custom', message: 'must be * or a list of entity tags like \"3\"' })\n        return z.NEVER",
      'return undefined',
      { killers: shipped('tasks', 'a condition') },
    ],
    [
      '* is not known',
      "if (header.trim() === '*') return 'any'",
      '',
      { killers: shipped('tasks', 'a condition') },
    ],
    ['an empty list of tags is a list', 'return tags.length > 0 ? tags : undefined', 'return tags'],
    [
      'tags need nothing between them',
      'if (!SEPARATOR.test(text)) return undefined',
      'if (!SEPARATOR.test(text)) SEPARATOR.lastIndex = ENTITY_TAG.lastIndex',
    ],
  ]),
  ...mutantsOf('src/http/cursor.ts', shipped('properties-requests isolation/isolation', 'cursor'), [
    ['a cursor fits any query', 'writeCursor(query, place) !== cursor', 'false'],
    ['a cursor holds any text', 'ID_PLACE = z.tuple([z.uuid()])', 'ID_PLACE = z.tuple([z.string()])'],
  ]),
  ...mutantsOf('src/http/methods.ts', HTTP_TEST, [
    ['HEAD is not among the methods', "['GET', 'HEAD']", "['GET']"],
    [
      'a 405 does not list the methods',
      "throw problem('method_not_allowed', { headers })",
      "throw problem('method_not_allowed')",
    ],
  ]),
  ...mutantsOf('src/http/observe.ts', HTTP_TEST, [
    [
      'a caller names the request',
      'crypto.randomUUID()',
      "(c.req.header('X-Request-Id') ?? crypto.randomUUID())",
    ],
    ['an answer does not name its request', "c.res.headers.set('X-Request-Id', requestId)", ''],
    [
      'a refusal tells what it cost',
      'c.res.ok && ',
      '',
      { killers: shipped('tokens isolation/isolation', 'is answered alike|an id') },
    ],
    ['an answer may be cached', "c.res.headers.set('Cache-Control', 'no-store')", '', { killers: NO_CACHE }],
  ]),
  ...mutantsOf('src/http/on-error.ts', FAULTS, [
    [
      'what may have happened is said not to have',
      "unavailable.outcome === 'unknown' ? 'outcome_unknown' : 'unavailable'",
      "'unavailable'",
    ],
    ['an unavailable database does not say when to return', 'problem(code, { headers })', 'problem(code)'],
    [
      'an error tells its text',
      "problem('internal_error'), reason: error.name",
      "problem('internal_error', { errors: [{ path: '', message: error.message }] }), reason: error.name",
      { killers: shipped('faults', 'a database that refuses'), breaks: true },
    ],
    ['a body of another type is a fault of ours', 'error.status === 415', 'false', { killers: BODY }],
    ['a body that is not JSON is a fault of ours', 'error.status === 400', 'false', { killers: BODY }],
  ]),
  ...mutantsOf('src/http/problem.ts', shipped('tokens', 'is answered alike'), [
    [
      'a 401 does not name its scheme',
      "...(code === 'unauthorized' && { 'WWW-Authenticate': 'Bearer' }),",
      '',
    ],
  ]),
  ...mutantsOf('src/http/router.ts', shipped('isolation/isolation', 'an id'), [
    [
      'a malformed id is told from a missing one',
      "if (result.target === 'param') throw problem('not_found')",
      '',
    ],
  ]),
  ...mutantsOf(
    'src/http/contract.ts',
    shipped('round-trips isolation/isolation', 'an owner|if the edge can refuse it'),
    [['a query may hold anything', 'NO_QUERY = z.strictObject({})', 'NO_QUERY = z.object({})']],
  ),
  ...mutantsOf('src/http/json-shape.ts', SHAPES, [
    ['JSON may be nested one deeper', 'MAX_DEPTH = 32', 'MAX_DEPTH = 33'],
    ['JSON must be nested one less', 'MAX_DEPTH = 32', 'MAX_DEPTH = 31'],
    ['JSON may be nested to any depth', 'open.length === MAX_DEPTH', 'false'],
    ['an array may have any number of items', 'inner.items === maxItems', 'false'],
    ['a name may be given twice', "if (inner.names.has(inner.name)) return misfit('is given twice')", ''],
    [
      'a name may be given twice with escapes',
      'unescaped(text.slice(at, end))',
      'text.slice(at + 1, end - 1)',
    ],
    ['a name may reach for a prototype', "inner.name === '__proto__'", 'false'],
    ['brackets in a string count', 'at = end - 1', ''],
    ['a quote that is escaped ends its string', "if (text[at] === '\\\\') at += 1\n    else if", 'if'],
  ]),
  ...mutantsOf('src/http/cors.ts', CORS, [
    [
      'any origin may read',
      'origins.includes(',
      "['', ...origins, c.req.header('Origin')].includes(",
      { also: ['origin: [...origins],', 'origin: (asking) => asking,'] },
    ],
    ['pages may send cookies', 'maxAge: MAX_AGE_SECONDS,', 'maxAge: MAX_AGE_SECONDS, credentials: true,'],
    ['any method is allowed', "'PATCH', 'DELETE']", "'PATCH', 'DELETE', 'PUT']"],
    ['any header is allowed', 'allowHeaders: REQUEST_HEADERS', 'allowHeaders: []'],
    [
      'caches keep the answer for one origin for all',
      "if (origins.length > 0) c.header('Vary', 'Origin', { append: true })",
      '',
    ],
    ['any OPTIONS is a preflight', "(c.req.method !== 'OPTIONS' || asksForLeave)", 'true'],
  ]),
  ...mutantsOf('src/http/security-headers.ts', HEADERS, [
    ['an answer may load things', 'defaultSrc: ["\'none\'"]', 'defaultSrc: ["\'self\'"]'],
    ['an answer may have another base', 'baseUri: ["\'none\'"]', 'baseUri: ["\'self\'"]'],
    ['an answer may send forms', 'formAction: ["\'none\'"]', 'formAction: ["\'self\'"]'],
    ['an answer may be framed', 'frameAncestors: ["\'none\'"]', 'frameAncestors: ["\'self\'"]'],
    [
      'an answer may be embedded anywhere',
      "crossOriginResourcePolicy: 'same-origin'",
      "crossOriginResourcePolicy: 'cross-origin'",
    ],
    ['links tell where they are', "referrerPolicy: 'no-referrer'", "referrerPolicy: 'unsafe-url'"],
    ['old browsers may frame', "xFrameOptions: 'DENY'", "xFrameOptions: 'SAMEORIGIN'"],
    ['browsers may guess the type', "xContentTypeOptions: 'nosniff'", 'xContentTypeOptions: false'],
    ['browsers may leave https', "baseUrl.startsWith('https:') && 'max-age=31536000'", 'false'],
    [
      'a developer cannot leave https',
      "baseUrl.startsWith('https:') && 'max-age=31536000'",
      "'max-age=31536000'",
    ],
  ]),
  ...mutantsOf('src/http/text.ts', shipped('properties properties-dues', 'a title|notes'), [
    ['a lone surrogate is text', 'value.isWellFormed() && ', ''],
    ['NUL is text', " && !value.includes('\\0')", ''],
    ['text may be empty', 'lengthOf(value) >= min', 'true'],
    ['text may be longer by one', 'lengthOf(value) <= max', 'lengthOf(value) <= max + 1'],
    ['lengths count UTF-16 units', '[...value].length', 'value.length'],
  ]),
  ...mutantsOf('src/auth/request.ts', shipped('auth', 'signing in'), [
    ['Node may not sign in', "  headers.delete('Sec-Fetch-Mode')\n", ''],
  ]),
  ...mutantsOf('src/env.ts', CONFIGURATION, [
    ['a connection string is any text', '/^postgres(ql)?:\\/\\/[^:@/]+:[^@/]+@[^/]+\\/.+$/', '/./'],
    ['the secret may be short', "min(32, 'must", "min(31, 'must"],
    ['the address may be of any kind', 'BASE_URL: url(/^https?$/,', 'BASE_URL: url(/./,'],
    [
      'a call may have no time at all',
      'DATABASE_DEADLINE_MS: z.coerce.number().int().min(100)',
      'DATABASE_DEADLINE_MS: z.coerce.number().int()',
    ],
    [
      'a call may take for ever',
      'DATABASE_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000)',
      'DATABASE_DEADLINE_MS: z.coerce.number().int().min(100)',
    ],
    [
      'a body may have no time at all',
      'BODY_DEADLINE_MS: z.coerce.number().int().min(100)',
      'BODY_DEADLINE_MS: z.coerce.number().int()',
    ],
    [
      'a body may have for ever',
      'BODY_DEADLINE_MS: z.coerce.number().int().min(100).max(60_000)',
      'BODY_DEADLINE_MS: z.coerce.number().int().min(100)',
    ],
    ['an origin may be anything', 'origins.every(isOrigin)', 'true'],
    ['an origin may have a path', 'url?.origin !== text || ', ''],
    ['an origin may have a wildcard', " || text.includes('*')", ''],
    [
      'an origin may be without TLS',
      "url.protocol === 'https:' || (url.protocol === 'http:' && LOCAL_HOSTS.includes(url.hostname))",
      'true',
    ],
    [
      'mail may come from anywhere',
      '/^([^<>\\r\\n]{1,100} <[^<>@\\s]+@[^<>@\\s]+>|[^<>@\\s]+@[^<>@\\s]+)$/',
      '/./',
    ],
    [
      'the former secret may be short',
      'BETTER_AUTH_SECRET_FORMER: secret.optional()',
      'BETTER_AUTH_SECRET_FORMER: z.string().optional()',
    ],
    [
      'what is wrong is told with its value',
      "isSet ? message : 'is not set'",
      'isSet ? bindings[name as keyof typeof bindings] : message',
    ],
    ['the origin keeps its path', 'new URL(data.BASE_URL).origin', 'data.BASE_URL'],
  ]),
]
