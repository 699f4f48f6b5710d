import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const BAD = shipped('tokens', 'is answered alike in every operation')
const FLIPPED = shipped('tokens', 'in a single bit|outside ASCII')
const TIMES = shipped('token-times')
const KEYS = shipped('keys')

const TWICE = 'jose and this file both check it; each alone is enough, and without both a test is red'

/** Who gets in: each check of an access token, of the names of keys, and of what an isolate remembers. */
export const TOKENS = [
  ...mutantsOf('src/auth/token.ts', BAD, [
    ['any form is taken', "if (!isCompactJws(token)) throw new TokenRefused('malformed')", ''],
    [
      'any number of segments is taken',
      'parts.length === 3 && ',
      '',
      { lives: 'jose takes no other number either' },
    ],
    [
      'no key verifies',
      "if (!key) throw new TokenRefused('unknown_key')",
      '',
      { lives: 'jose verifies nothing without a key; the log tells it by another reason' },
    ],
    ['jose takes any algorithm', "    algorithms: ['EdDSA'],\n", '', { lives: TWICE }],
    [
      'the header names any algorithm',
      "if (alg !== 'EdDSA') throw new TokenRefused('algorithm')",
      '',
      { lives: TWICE },
    ],
    [
      'any algorithm will do',
      "    algorithms: ['EdDSA'],\n",
      '',
      { also: ["if (alg !== 'EdDSA') throw new TokenRefused('algorithm')", ''] },
    ],
    ['any issuer will do', '    issuer: origin,\n', ''],
    ['jose takes any audience', '    audience: origin,\n', '', { lives: TWICE }],
    ['an audience among others will do', "if (aud !== origin) throw new TokenRefused('many_audiences')", ''],
    [
      'any audience will do',
      '    audience: origin,\n',
      '',
      { also: ["if (aud !== origin) throw new TokenRefused('many_audiences')", ''] },
    ],
    ['the time of the request does not matter', '    currentDate: now,\n', '', { killers: TIMES }],
    ['iat may be missing', "'iat', ", '', { lives: 'without it the token lives too long' }],
    ['exp may be missing', "'exp', ", ''],
    ['sub may be missing', "'sub', 'sid'", "'sid'", { lives: 'a missing one is no id' }],
    ['sid may be missing', "'sub', 'sid'", "'sub'", { lives: 'a missing one is no id' }],
    [
      'a bad signature is a fault of ours',
      "throw new TokenRefused(error instanceof errors.JOSEError ? error.code : 'unverifiable')",
      'throw error',
    ],
    ['iat may be a fraction', '!Number.isSafeInteger(iat) || ', ''],
    ['exp may be a fraction', ' || !Number.isSafeInteger(exp)', ''],
    [
      'a token may come from the future',
      'iat > nowSeconds + CLOCK_SKEW_SECONDS',
      'false',
      { killers: TIMES },
    ],
    [
      'clocks may differ by a second more',
      'CLOCK_SKEW_SECONDS = 30',
      'CLOCK_SKEW_SECONDS = 31',
      { killers: TIMES },
    ],
    [
      'clocks may differ by a second less',
      'CLOCK_SKEW_SECONDS = 30',
      'CLOCK_SKEW_SECONDS = 29',
      { killers: TIMES },
    ],
    ['a token may live for ever', 'exp - iat > TOKEN_LIFETIME_SECONDS', 'false', { killers: TIMES }],
    [
      'a token may not live its whole time',
      'exp - iat > TOKEN_LIFETIME_SECONDS',
      'exp - iat >= TOKEN_LIFETIME_SECONDS',
      { killers: TIMES },
    ],
    [
      'access tokens live a second longer',
      'TOKEN_LIFETIME_SECONDS = 15 * 60',
      'TOKEN_LIFETIME_SECONDS = 15 * 60 + 1',
      { killers: shipped('auth', 'an access token') },
    ],
    ['sub may be anything', '!isId(sub) || ', ''],
    ['sid may be anything', ' || !isId(sid)', ''],
    ['an id may have something before it', '/^[0-9a-f]{8}(', '/[0-9a-f]{8}('],
    ['an id may have something after it', '[0-9a-f]{12}$/', '[0-9a-f]{12}/'],
    ['an id may be in capitals', '[0-9a-f]{12}$/', '[0-9a-f]{12}$/i'],
    [
      'kid may be anything',
      "if (typeof kid !== 'string') throw new TokenRefused('no_kid')",
      '',
      { lives: 'what is no text is no name of a key of ours' },
    ],
    ['typ may be anything', "if (typ !== undefined && typ !== 'JWT') throw new TokenRefused('type')", ''],
    [
      'a header may have more parameters',
      "if (Object.keys(rest).length > 0) throw new TokenRefused('header_parameter')",
      '',
    ],
    [
      'a header may be written in any way',
      "if (!isCanonicalHeader(token)) throw new TokenRefused('ambiguous_header')",
      '',
    ],
    ['a header may begin with a byte order mark', 'ignoreBOM: true', 'ignoreBOM: false'],

    [
      'a malformed header is a fault of ours',
      "throw error instanceof TokenRefused ? error : new TokenRefused('malformed_header')",
      'throw error',
      { breaks: true },
    ],
    ['letters outside base64url are skipped', 'if (!/^[\\w-]+$/.test(text)) return false', ''],
    [
      'unused bits may be set',
      'return ALPHABET.indexOf(text.slice(-1)) % 2 ** unusedBits === 0',
      'return true',
      { killers: FLIPPED },
    ],
  ]),
  ...mutantsOf('src/auth/gate.ts', BAD, [
    ['a token needs no scheme before it', '/^bearer ([^ ]+)$/i', '/([^ ]+)$/i'],
    ['something may stand before the scheme', '/^bearer ([^ ]+)$/i', '/bearer ([^ ]+)$/i'],
    ['something may stand after the token', '/^bearer ([^ ]+)$/i', '/^bearer ([^ ]+)/i'],
    [
      'the scheme is read by its letter case',
      '/^bearer ([^ ]+)$/i',
      '/^Bearer ([^ ]+)$/',
      { killers: shipped('tokens', 'may be announced as') },
    ],
    [
      'any failure is a bad token',
      'if (!(error instanceof TokenRefused)) throw error',
      '',
      { killers: shipped('faults', 'a cold isolate') },
    ],
  ]),
  ...mutantsOf('src/auth/verified-tokens.ts', TIMES, [
    ['a remembered token does not expire', 'known && now.getTime() < known.expiresAtSeconds * 1000', 'known'],
    ['a remembered token lives a moment longer', 'now.getTime() < known', 'now.getTime() <= known'],
    ['nothing is remembered', 'verified.set(token, fresh)', ''],
    ['everything is remembered', 'oldest !== undefined && verified.size >= MAX_REMEMBERED_TOKENS', 'false'],
    ['one too many is remembered', 'verified.size >= MAX', 'verified.size > MAX'],
    [
      'the signature of what is remembered does not matter',
      'verified.get(token)',
      "verified.get(token.replace(/\\W\\w*$/, ''))",
      { also: ['verified.set(token, fresh)', "verified.set(token.replace(/\\W\\w*$/, ''), fresh)"] },
    ],
  ]),
  ...mutantsOf('src/auth/key-id.ts', KEYS, [
    ['any MAC will do', 'crypto.subtle.timingSafeEqual(mac, bytes.subarray(MINTED_BYTES))', 'true'],
    ['the MAC is made without the secret', 'edgewise key id ${secret}', 'edgewise key id'],
    [
      'a name may have any length',
      'if (bytes?.length !== MINTED_BYTES + MAC_BYTES) return false',
      'if (!bytes) return false',
      { killers: BAD, breaks: true },
    ],
    [
      'a name may be written in any way',
      'toBase64Url(bytes) === text ? bytes : undefined',
      'bytes',
      { killers: BAD },
    ],
  ]),
  ...mutantsOf('src/auth/key-cache.ts', KEYS, [
    [
      'keys are read with every request',
      'if (known) return',
      'if (known && Date.now() < 0) return',
      { killers: shipped('round-trips', 'asks once more, for its keys') },
    ],
    ['keys are read for any name', 'if (!(await couldExist(kid))) return undefined', ''],
    [
      'a retired key is looked for with every request',
      'if (!keys.has(kid)) missingSince.set(kid, Date.now())',
      '',
    ],
    [
      'a retired key is looked for a second too early',
      'RELOAD_COOLDOWN_SECONDS = 60',
      'RELOAD_COOLDOWN_SECONDS = 59',
    ],
    [
      'a retired key is looked for a second too late',
      'RELOAD_COOLDOWN_SECONDS = 60',
      'RELOAD_COOLDOWN_SECONDS = 61',
    ],
  ]),
]
