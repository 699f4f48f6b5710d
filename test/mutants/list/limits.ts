import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const DATA = shipped('limits-data')
const ADDRESS = shipped('limits', 'one address')
const ACCOUNT = shipped('limits', 'an account that has been')
const WINDOWS = shipped('limits', 'is open again when the window ends|the counters')
const SESSION = shipped('limits', "a session's user")
const UNCOUNTED = shipped('limits', 'does nothing that was not counted')
const PER_PATH = shipped('limits', 'has a limit for each')

/** How often something may be tried, by whom it is counted, and that it is counted before anything is done. */
export const LIMITS = [
  ...mutantsOf('src/limits/attempts.ts', ADDRESS, [
    ['nothing is limited', 'if (!limit) return', 'if (limit) return', { killers: PER_PATH }],
    [
      'a limit that is reached stops nothing',
      'if (reached) {',
      'if (false) {',
      { also: ['throw tooManyRequests(reached)', ''], killers: ACCOUNT },
    ],
    [
      'the caller names the address',
      "c.req.header('cf-connecting-ip')",
      "c.req.header('x-forwarded-for') ?? c.req.header('cf-connecting-ip')",
    ],
    [
      'an account has no limit of its own for one address',
      '    { name: `${name}-pair`, limit: account.perAddress, subject: `${address} ${email}` },\n',
      '',
    ],
    [
      'an account is not counted',
      '    { name: `${name}-account`, limit: account.total, subject: email },\n',
      '',
      { killers: ACCOUNT },
    ],
    ['an account in capitals is another one', '.trim().toLowerCase()', '.trim()', { killers: ACCOUNT }],
    [
      'an answer tells how an account stands',
      "!name.endsWith('-account')",
      'name.length > 0',
      { killers: shipped('limits', 'the RateLimit fields') },
    ],
    [
      'a session is not counted',
      "limit.account?.by === 'session' && {",
      "limit.account?.by === 'session' && limit.name === '' && {",
      { killers: SESSION },
    ],
  ]),
  ...mutantsOf('src/limits/bound-limit.ts', DATA, [
    ['a limit of the binding stops nothing', 'if (success) return', 'if (success || name) return'],
    ['a binding that fails stops everybody', '({ success: true })', '({ success: false })'],
  ]),
  ...mutantsOf('src/limits/client-address.ts', ADDRESS, [
    ['every address of a network has its own limit', 'NETWORK_PARTS = 4', 'NETWORK_PARTS = 8'],
    ['a network is larger than a customer', 'NETWORK_PARTS = 4', 'NETWORK_PARTS = 3'],
    [
      'an address that is none is taken',
      "if (!header || !ipaddr.isValid(header)) return 'unknown'",
      "if (!header || !ipaddr.isValid(header)) return header ?? 'unknown'",
    ],
    ['IPv4 written as IPv6 is another address', 'ipaddr.process(header)', 'ipaddr.parse(header)'],
  ]),
  ...mutantsOf('src/limits/counter-key.ts', shipped('limits', 'the counters|one address'), [
    ['who reads the counters can guess whom they count', 'edgewise attempts ${secret}', 'edgewise attempts'],
    ['all policies share a counter', '`${name} ${subject}`', 'subject'],
  ]),
  ...mutantsOf('src/limits/session-tokens.ts', SESSION, [
    ['a bearer token is not counted', '[bearer?.trim(), ...values]', '[...values]'],
    ['a cookie is not counted', '[bearer?.trim(), ...values]', '[bearer?.trim()]'],
    ['an encoded token is another one', 'return decodeURIComponent(value)', 'return value'],
  ]),
  ...mutantsOf('src/limits/shield.ts', DATA, [
    ['every address is one', "clientAddress(c.req.header('cf-connecting-ip'))", "'unknown'"],
    ['sign-in is not shielded', 'await withinLimit(c,', 'void (c,'],
  ]),
  ...mutantsOf('src/auth/gate.ts', DATA, [
    [
      'the data API is not limited',
      '      await withinLimit(c, limiter, DATA_LIMIT, principal.userId)\n',
      '',
    ],
    ['all users share a limit', 'DATA_LIMIT, principal.userId)', "DATA_LIMIT, 'all')"],
    [
      'a limit is asked before the token is verified',
      'const principal = await principalOf(token, new Date())\n      await withinLimit(c, limiter, DATA_LIMIT, principal.userId)',
      'await withinLimit(c, limiter, DATA_LIMIT, token)\n      const principal = await principalOf(token, new Date())',
    ],
  ]),
  ...mutantsOf('src/auth/routes.ts', UNCOUNTED, [
    [
      'it is counted after it was done',
      '        const withFields = await limited(c, body)\n',
      '',
      { also: ['return withFields(answer)', 'return (await limited(c, body))(answer)'] },
    ],
    [
      'what cannot be counted is done',
      'await limited(c, body)',
      'await limited(c, body).catch(() => (same: Response) => same)',
    ],
    [
      'an answer does not tell how the limits stand',
      'return withFields(answer)',
      'withFields(answer.clone())\n        return answer',
      { killers: shipped('limits', 'the RateLimit fields|has a limit for each') },
    ],
  ]),
  ...mutantsOf('drizzle/0005_attempts.sql', WINDOWS, [
    [
      'a key that is at its limit is counted on',
      'attempts.used >= limits[i]',
      'false',
      { also: ['where known.used < limits[i] or known.resets_at <= now()', 'where true'], killers: ACCOUNT },
    ],
    [
      'one more is allowed',
      'attempts.used >= limits[i]',
      'attempts.used > limits[i]',
      { also: ['where known.used < limits[i]', 'where known.used <= limits[i]'], killers: ADDRESS },
    ],
    [
      'a race gets past a limit',
      'where known.used < limits[i] or known.resets_at <= now()',
      'where true',
      { killers: killersIn('postgres')('concurrency/attempts', 'that have all seen one left') },
    ],
    ['a window never ends', 'attempts.resets_at > now() and', ''],
    [
      'a window that has ended keeps its count',
      'then known.used + 1 else 1 end',
      'then known.used + 1 else known.used end',
    ],
    [
      'an attempt prolongs the window',
      'then known.resets_at else excluded.resets_at',
      'then excluded.resets_at else excluded.resets_at',
      { killers: shipped('limits', 'is not closed for longer') },
    ],
    ['an address that is refused uses up accounts', 'exit when not allowed;', '', { killers: ADDRESS }],
    ['what has expired is never deleted', 'limit 10', 'limit 0'],
    ['what has not expired is deleted', 'where expired.resets_at <= now()', 'where true'],
    [
      'sessions of one user are counted apart',
      "operation || ' ' || sessions.user_id",
      "operation || ' ' || sessions.id",
      { killers: SESSION },
    ],
    [
      'all sessions are counted as one user',
      "operation || ' ' || sessions.user_id",
      'operation',
      { killers: SESSION },
    ],
    [
      'an expired session is marked as used',
      'and sessions.expires_at > now()\n        and sessions.last_used_at',
      'and sessions.last_used_at',
      {
        lives: 'Better Auth deletes a session that has expired when it comes across it, in the same request',
      },
    ],
    [
      'everybody may count',
      'revoke all on function\n  edgewise.count_attempt(bytea[], integer[], integer),',
      'revoke all on function',
      { killers: shipped('row-level-security', 'a function') },
    ],
  ]),
]
