import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const HTTP_TEST = shipped('http')
const BODY = shipped('http', 'a body')
const NO_CACHE = shipped('http', 'is kept by no cache')
const FAULTS = shipped('faults')
const CONFIGURATION = killersIn('contract')('contract/source')

/** What HTTP itself guards: bodies, headers, constant answers, and a configuration that will do. */
export const HTTP = [
  ...mutantsOf('src/app.ts', HTTP_TEST, [
    [
      'answers of the data API may be cached',
      "app.use('/v1/*', noStore, ",
      "app.use('/v1/*', ",
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
      'bodies of the data API have any size',
      'databases }), boundedBody)',
      'databases }))',
      { killers: BODY },
    ],
    [
      'bodies of sign-in have any size',
      "app.use('/api/auth/*', noStore, boundedBody)",
      "app.use('/api/auth/*', noStore)",
      { killers: BODY },
    ],
    [
      'bodies are read before the token',
      'noStore, gate({ origin: config.baseUrl, findKey, databases }), boundedBody)',
      'noStore, boundedBody, gate({ origin: config.baseUrl, findKey, databases }))',
      { killers: shipped('tokens properties-requests properties') },
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
    ['a body has any size', 'if (length > MAX_BODY_BYTES)', 'if (false)'],
    ['a body may be a byte larger', '= 64 * 1024', '= 64 * 1024 + 1'],
    ['a body must be a byte smaller', '= 64 * 1024', '= 64 * 1024 - 1'],
    ['a body may be in any encoding', "if (!isUtf8(bytes)) throw problem('malformed_json')", ''],
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
    ['* is not known', "if (header.trim() === '*') return 'any'", ''],
    ['an empty list of tags is a list', 'return tags.length > 0 ? tags : undefined', 'return tags'],
    ['tags need nothing between them', 'if (!SEPARATOR.test(text)) return undefined', 'SEPARATOR.test(text)'],
  ]),
  ...mutantsOf('src/http/cursor.ts', shipped('properties-requests isolation/isolation', 'cursor'), [
    ['a cursor fits any query', 'writeCursor(query, lastId) !== cursor', 'false'],
    ['a cursor holds any text', '!UUID.test(lastId) || ', ''],
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
      'a database that is unavailable is a fault of ours',
      'if (error instanceof DatabaseUnavailable) return error',
      '',
    ],
    [
      "a driver's wrapping is not undone",
      "unavailableIn('sourceError' in error && error.sourceError ? error.sourceError : error.cause)",
      'undefined',
    ],
    [
      'an error tells its text',
      "problem('internal_error'), reason",
      "problem('internal_error', { errors: [{ path: '', message: error.message }] }), reason",
      { killers: shipped('faults', 'a database that refuses') },
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
  ...mutantsOf('src/http/text.ts', shipped('properties properties-dues', 'a title|notes'), [
    ['a lone surrogate is text', 'value.isWellFormed() && ', ''],
    ['NUL is text', " && !value.includes('\\0')", ''],
    ['text may be empty', 'lengthOf(value) >= min', 'true'],
    ['text may be longer by one', 'lengthOf(value) <= max', 'lengthOf(value) <= max + 1'],
    ['lengths count UTF-16 units', '[...value].length', 'value.length'],
  ]),
  ...mutantsOf('src/auth/request.ts', shipped('auth', 'signing in'), [
    ['a page of another origin may sign in', "'Origin', 'Referer'", "'Referer'"],
    ['a page that hides its origin may sign in', "'Sec-Fetch-Site', ", ''],
    ['a page with a cookie may hide its origin', "'Cookie', ", ''],
  ]),
  ...mutantsOf('src/env.ts', CONFIGURATION, [
    ['a connection string is any text', '/^postgres(ql)?:\\/\\/[^:@/]+:[^@/]+@[^/]+\\/.+$/', '/./'],
    ['the secret may be short', "min(32, 'must", "min(31, 'must"],
    ['the address may be of any kind', 'BASE_URL: url(/^https?$/,', 'BASE_URL: url(/./,'],
    ['a deadline may be too short', '.min(100)', ''],
    ['a deadline may be too long', '.max(60_000)', ''],
    [
      'what is wrong is told with its value',
      "isSet ? message : 'is not set'",
      'isSet ? bindings[name as keyof typeof bindings] : message',
    ],
    ['the origin keeps its path', 'new URL(data.BASE_URL).origin', 'data.BASE_URL'],
  ]),
]
