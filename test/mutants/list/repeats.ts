import { killersIn, mutantsOf } from '../mutant.ts'

const shipped = killersIn('shipped')
const TABLE = shipped('failure-table')
const FAULTS = shipped('faults')
const SIGN_IN = shipped('faults', 'sign-in')
const DEADLINES = shipped('deadlines')
const UNANSWERED = shipped('deadlines', 'is answered at the deadline')

/** What is repeated after a failed call, for how long, and what the caller is told. */
export const REPEATS = [
  ...mutantsOf('src/db/failure.ts', TABLE, [
    [
      'a database that is unavailable is a fault of ours',
      'if (error instanceof DatabaseUnavailable) return error',
      '',
      { killers: FAULTS },
    ],
    [
      "a driver's wrapping is not undone",
      "unavailableIn('sourceError' in error && error.sourceError ? error.sourceError : error.cause)",
      'undefined',
      { killers: FAULTS },
    ],
    [
      'no answer means that nothing ran',
      "outcome: 'unknown',\n  repeatable: 'harmless',\n  reason,",
      "outcome: 'none',\n  repeatable: 'harmless',\n  reason,",
    ],
    [
      'no answer lets everything be repeated',
      "outcome: 'unknown',\n  repeatable: 'harmless',\n  reason,",
      "outcome: 'unknown',\n  repeatable: 'any',\n  reason,",
    ],
    [
      'no answer lets nothing be repeated',
      "outcome: 'unknown',\n  repeatable: 'harmless',\n  reason,",
      "outcome: 'unknown',\n  repeatable: 'no',\n  reason,",
    ],
    ['a request too large is repeated', 'if (status === 413) return undefined', ''],
    [
      'a result too large is repeated',
      "if (status === 507) return { outcome: 'unknown', repeatable: 'no', reason }",
      '',
    ],
    [
      'a result too large means that nothing ran',
      "status === 507) return { outcome: 'unknown'",
      "status === 507) return { outcome: 'none'",
    ],
    [
      'an unreadable result is repeated',
      "repeatable: 'no', reason: 'unreadable_result'",
      "repeatable: 'harmless', reason: 'unreadable_result'",
    ],
    [
      'an unreadable result means that nothing ran',
      "{ outcome: 'unknown', repeatable: 'no', reason: 'unreadable_result' }",
      "{ outcome: 'none', repeatable: 'no', reason: 'unreadable_result' }",
    ],
    [
      'what cannot connect may have run',
      "{ outcome: 'none', repeatable: 'any', reason: 'cannot_connect' }",
      "{ outcome: 'unknown', repeatable: 'any', reason: 'cannot_connect' }",
    ],
    [
      'what cannot connect is not repeated for changes',
      "repeatable: 'any', reason: 'cannot_connect'",
      "repeatable: 'harmless', reason: 'cannot_connect'",
    ],
    [
      'a connection is looked for in any error',
      'if (status === 500 && /control plane|connect/i.test(body))',
      'if (/control plane|connect/i.test(body))',
    ],
    [
      'any other error means that nothing ran',
      "return { outcome: 'unknown', repeatable: 'harmless', reason }\n}",
      "return { outcome: 'none', repeatable: 'harmless', reason }\n}",
    ],
    [
      'any other error lets everything be repeated',
      "return { outcome: 'unknown', repeatable: 'harmless', reason }\n}",
      "return { outcome: 'unknown', repeatable: 'any', reason }\n}",
    ],
    ['a serialization failure is not one', "case '40001': // serialization_failure: rolled back\n", ''],
    ['a deadlock is not one', "case '40P01': // deadlock_detected: rolled back\n", "case 'none':\n"],
    [
      'what was rolled back may have run',
      "return { outcome: 'none', repeatable: 'any', reason: String(code) }",
      "return { outcome: 'unknown', repeatable: 'any', reason: String(code) }",
    ],
    [
      'what was rolled back is not repeated for changes',
      "return { outcome: 'none', repeatable: 'any', reason: String(code) }",
      "return { outcome: 'none', repeatable: 'harmless', reason: String(code) }",
    ],
    ['a shutdown is the word of the database', "case '57P01': // admin_shutdown\n", ''],
    [
      'too many connections are the word of the database',
      "case '53300': // too_many_connections\n",
      "case 'none':\n",
    ],
    [
      'what a shutdown cut off is repeated in any case',
      "repeatable: 'harmless', reason: String(code)",
      "repeatable: 'any', reason: String(code)",
    ],
    [
      'what a shutdown cut off did not run',
      "return { outcome: 'unknown', repeatable: 'harmless', reason: String(code) }",
      "return { outcome: 'none', repeatable: 'harmless', reason: String(code) }",
    ],
    [
      'what was cancelled is repeated',
      "return { outcome: 'unknown', repeatable: 'no', reason: String(code) }",
      "return { outcome: 'unknown', repeatable: 'harmless', reason: String(code) }",
    ],
    [
      'what was cancelled did not run',
      "return { outcome: 'unknown', repeatable: 'no', reason: String(code) }",
      "return { outcome: 'none', repeatable: 'no', reason: String(code) }",
    ],
    [
      'a wrong password is tried again',
      "repeatable: 'no', reason: 'wrong_password'",
      "repeatable: 'harmless', reason: 'wrong_password'",
    ],
    [
      'a lost connection means that nothing ran',
      "outcome: 'unknown', repeatable: 'harmless', reason: 'connection_lost'",
      "outcome: 'none', repeatable: 'harmless', reason: 'connection_lost'",
    ],
    [
      'a lost connection lets everything be repeated',
      "repeatable: 'harmless', reason: 'connection_lost'",
      "repeatable: 'any', reason: 'connection_lost'",
    ],
    [
      'any refusal is a failure of the call',
      '    default:\n      return undefined',
      "    default:\n      return failureOfTransport('refused')",
    ],
  ]),
  ...mutantsOf('src/db/neon.ts', DEADLINES, [
    ['a change is repeated like a read', " && effect !== 'change')", ')', { killers: SIGN_IN }],
    ['harmless repeats are not made', "(repeatable === 'harmless' && effect !== 'change')", 'false'],
    ['what did not run is not repeated', "repeatable === 'any' || (", '('],
    [
      'an attempt has no deadline',
      'AbortSignal.timeout(Math.max(0, Math.min(attemptMs, leftMs())))',
      'AbortSignal.timeout(1e6)',
      { killers: UNANSWERED },
    ],
    [
      'each attempt has the whole deadline',
      'Math.min(attemptMs, leftMs())',
      'attemptMs',
      { killers: UNANSWERED },
    ],
    [
      'what takes too long is not made again',
      'Math.max(SHORTEST_ATTEMPT_MS, ATTEMPT_SHARES[actual] * deadlineMs)',
      'deadlineMs',
      { killers: FAULTS },
    ],
    ['a change that takes too long is given up early', 'change: 1 }', 'change: 0.4 }', { killers: SIGN_IN }],
    [
      'repeats go on after the deadline',
      'leftMs() - jitteredMs < SHORTEST_REPEAT_MS || ',
      '',
      { killers: shipped('deadlines', 'gives up at the deadline') },
    ],
    [
      'a call begins after its deadline',
      "  if (deadlineMs <= 0) return giveUp({ outcome, reason: 'deadline' })\n",
      '',
      {
        killers: FAULTS,
        lives: 'what is sent without time is cut off at once; only what is told of it is vaguer',
      },
    ],
    ['repeats do not pause', 'await scheduler.wait(jitteredMs)', '', { killers: FAULTS }],
    [
      'a change that may have run is said not to have',
      "if (failure.outcome === 'unknown' && actual !== 'read') outcome = 'unknown'",
      '',
    ],
    [
      'only the last failure counts',
      "if (failure.outcome === 'unknown' && actual !== 'read') outcome = 'unknown'",
      "outcome = failure.outcome === 'unknown' && actual !== 'read' ? 'unknown' : 'none'",
      { killers: FAULTS },
    ],
    [
      'a read is said to have changed something',
      "failure.outcome === 'unknown' && actual !== 'read'",
      "failure.outcome === 'unknown'",
    ],
    ['an answer without rows is a result', 'if (ok && !isResult(parsed))', 'if (false)', { breaks: true }],
    [
      'a garbled answer is a result',
      "typeof parsed === 'object' && parsed !== null && ('rows' in parsed || 'results' in parsed)",
      "typeof parsed !== 'undefined'",
    ],
    ["an error answer is the database's word", '    if (failure) return { failure }\n', ''],
    [
      'sign-in repeats its changes',
      `body.startsWith('{"query":"select ') ? 'read' : 'change'`,
      `body !== '' ? 'read' : 'change'`,
      { killers: shipped('faults', 'sign-in') },
    ],
    [
      'sign-in does not repeat its reads',
      `body.startsWith('{"query":"select ') ? 'read' : 'change'`,
      `body === '' ? 'read' : 'change'`,
      { killers: shipped('faults', 'sign-in') },
    ],
    [
      'nobody is told that sign-in is unavailable',
      'onUnavailable?.(error)',
      '',
      { killers: shipped('faults', 'sign-in') },
    ],
  ]),
]
