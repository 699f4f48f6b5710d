import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const ACCOUNT = shipped('account')
const RESET = shipped('account', 'a forgotten password')
const SIGN_IN_FAULTS = shipped('faults', 'sign-in')
const DELETION = shipped('account', 'deleting the account')
const ROTATION = shipped('rotation')

/** An account's life: who may sign in, what a mail opens, what a change ends, what a new secret still takes. */
export const ACCOUNTS = [
  ...mutantsOf('src/auth/better-auth.ts', ACCOUNT, [
    ['an address need not be confirmed', 'requireEmailVerification: true', 'requireEmailVerification: false'],
    [
      'an unconfirmed address is told from a wrong password',
      'if (code === BASE_ERROR_CODES.EMAIL_NOT_VERIFIED.code) return wrongPassword(response.headers)',
      '',
    ],
    [
      'a reset link works for ever',
      'resetPasswordTokenExpiresIn: LINK_LIFETIME_SECONDS',
      'resetPasswordTokenExpiresIn: 1e9',
      { killers: RESET },
    ],
    [
      'sessions survive a reset',
      'revokeSessionsOnPasswordReset: true',
      'revokeSessionsOnPasswordReset: false',
      {
        killers: RESET,
        lives: 'the trigger on accounts ends them, in the statement that changes the password',
      },
    ],
    [
      'a confirmation link works for ever',
      'expiresIn: LINK_LIFETIME_SECONDS,\n      sendVerificationEmail',
      'expiresIn: 1e9,\n      sendVerificationEmail',
    ],
    [
      'a disabled user may sign in',
      'if (user?.disabledAt) throw',
      'if (false) throw',
      { killers: shipped('sessions', 'a disabled user') },
    ],
    [
      'a caller may say who is disabled',
      'required: false, input: false, returned: false',
      'required: false, input: true, returned: false',
      {
        killers: shipped('sessions', 'a disabled user'),
        lives: 'the contract of each operation refuses the field before Better Auth sees it',
      },
    ],
    [
      'a user may change the address without the old one',
      "        sendChangeEmailConfirmation: async ({ user, newEmail, token }) =>\n          mail(user.email, letters.confirmNewAddress(newEmail, page('/verify-email', token))),\n",
      '',
      { killers: shipped('account', 'changing the address') },
    ],
    [
      'an old session deletes the account without a password',
      'freshAge: FRESH_SESSION_SECONDS',
      'freshAge: 0',
      { killers: DELETION },
    ],
    [
      'a deleted account leaves things behind',
      '          await database.delete(users).where(eq(users.id, id))\n',
      '',
      { killers: shipped('account-faults', 'a deletion') },
    ],
    [
      'whoever reads the database has the links',
      "storeIdentifier: 'hashed'",
      "storeIdentifier: 'plain'",
      { killers: RESET },
    ],
    [
      'who signed up first keeps the password',
      '        await auth.api.requestPasswordReset({ body: { email } })\n',
      '',
    ],
    [
      'a reset does not confirm the address',
      'set({ emailVerified: true })',
      'set({ emailVerified: false })',
      { breaks: true },
    ],
    [
      'a conflict of addresses is a fault of ours',
      'databaseErrorIn(error).code !== UNIQUE_VIOLATION',
      'true',
      { killers: shipped('account', 'changing the address|is one, however often') },
    ],
    [
      'two sign-ups at once differ',
      'if (code === BASE_ERROR_CODES.FAILED_TO_CREATE_USER.code) response = await ask(again)',
      '',
      { killers: shipped('account', 'is one, however often') },
    ],
    [
      'what is unavailable is refused',
      '      watch.throwIfUnavailable()\n      return conflict(error)',
      '      return conflict(error)',
      { also: ['    if (answer.status >= 400) watch.throwIfUnavailable()\n', ''], killers: SIGN_IN_FAULTS },
    ],
  ]),
  ...mutantsOf('src/db/watched-calls.ts', SIGN_IN_FAULTS, [
    ['what has changed is said not to have', '!hasChanged && failures.every', 'failures.every'],
    [
      'each call of a sign-in has the whole deadline',
      'deadlineMs: () => deadlineMs - (Date.now() - startedAt)',
      'deadlineMs: () => deadlineMs',
    ],
  ]),
  ...mutantsOf('src/auth/access-tokens.ts', ROTATION, [
    [
      'a token is for any audience',
      'audience: baseUrl',
      "audience: 'http://other.test'",
      { killers: shipped('auth', 'an access token') },
    ],
    [
      'a token tells more than it must',
      '({ sid: session.id })',
      '({ sid: session.id, session })',
      { killers: shipped('auth', 'an access token') },
    ],
    ['a key signs for ever', 'rotationInterval: SIGNING_KEY_LIFETIME_SECONDS, ', ''],
    [
      'a key of a former secret signs on',
      'keys.filter((_, index) => ours[index])',
      'keys.filter((_, index) => ours.length > index)',
    ],
    [
      'a key has any name',
      'id: await mintKeyId(authSecret)',
      'id: crypto.randomUUID()',
      { killers: shipped('keys rotation') },
    ],
  ]),
  ...mutantsOf('src/auth/key-cache.ts', ROTATION, [
    [
      'a retired key verifies for ever',
      'expiresAt.getTime() + RETIREMENT_SECONDS * 1000',
      'Number.POSITIVE_INFINITY',
    ],
    ['a retired key verifies nothing', 'RETIREMENT_SECONDS * 1000\n', '0\n'],
    [
      'an isolate that knows a retired key keeps it',
      'Date.now() < known.usableUntil ? known.key : undefined',
      'known.key',
    ],
    ['a retired key is taken up', 'if (Date.now() < usableUntil) keys', 'keys'],
  ]),
  ...mutantsOf('src/auth/former-secret.ts', ROTATION, [
    [
      'what any secret signed is signed anew',
      'return crypto.subtle.timingSafeEqual(mac, told) ? value : undefined',
      'return value',
    ],
    ['links are not signed anew', "if (link) url.searchParams.set('token', link)", ''],
    ['session tokens are not signed anew', "if (token) headers.set('Authorization', `Bearer ${token}`)", ''],
    ['cookies are not signed anew', 'return changed ?', 'return false ?'],
    [
      'a link that has ended lives anew',
      "{ algorithms: ['HS256'] }",
      "{ algorithms: ['HS256'], currentDate: new Date(0) }",
      {
        also: [
          'new SignJWT(payload)',
          'new SignJWT({ ...payload, exp: Math.floor(Date.now() / 1000) + 3600 })',
        ],
      },
    ],
  ]),
  ...mutantsOf('src/auth/even-time.ts', shipped('even-time'), [
    [
      'answers come when they are ready',
      'await scheduler.wait(Math.ceil(elapsedMs / stepMs) * stepMs - elapsedMs)',
      '',
    ],
  ]),
  ...mutantsOf('src/auth/routes.ts', shipped('even-time'), [
    ['the time of a sign-up tells', "  'signUpWithEmail',\n", ''],
    ['the time of a failed sign-in tells', "  'signInWithEmail',\n", ''],
    ['the time of a reset tells', "  'requestPasswordReset',\n", ''],
    ['the time of a verification mail tells', "  'sendVerificationEmail',\n", ''],
  ]),
  ...mutantsOf('drizzle/0004_accounts.sql', ACCOUNT, [
    ['a changed password ends no session', 'new.password is distinct from old.password', 'false'],
    [
      'a first password ends no session',
      'new.password is not null',
      'false',
      { killers: shipped('account', 'changing the password') },
    ],
    [
      'a change of password ends every session of everybody',
      'where user_id = new.user_id',
      'where true',
      { killers: shipped('account', 'a forgotten password|changing the password') },
    ],
    [
      'the sign-in role may not delete users',
      'grant delete on users to edgewise_auth',
      'select 1',
      { killers: DELETION },
    ],
  ]),
]
