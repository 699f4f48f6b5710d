import { describe, it } from 'vitest'
import { type Failure, failureOfAnswer, failureOfTransport } from '../src/db/failure.ts'

const harmless = { outcome: 'unknown', repeatable: 'harmless' } as const
const rolledBack = { outcome: 'none', repeatable: 'any' } as const
const never = { outcome: 'unknown', repeatable: 'no' } as const

const state = (code: unknown) => JSON.stringify({ message: 'm', code })

const WRONG_PASSWORD = JSON.stringify({
  message: "password authentication failed for user 'edgewise_api'",
  code: '',
})

describe("an error answer of Neon's", () => {
  it.for<[string, number, string, Omit<Failure, 'reason'>]>([
    ['serialization failure', 400, state('40001'), rolledBack],
    ['deadlock', 400, state('40P01'), rolledBack],
    ['shutdown', 400, state('57P01'), harmless],
    ['too many connections', 400, state('53300'), harmless],
    ['cancelled', 400, state('08P01'), never],
    ['connection lost', 400, state(''), harmless],
    ['wrong password', 400, WRONG_PASSWORD, { outcome: 'none', repeatable: 'no' }],
    ['no code', 400, '{"message":"m"}', harmless],
    ['code null', 400, state(null), harmless],
    ['code a number', 400, state(40001), harmless],
    ['not JSON', 400, '<h1>Bad request</h1>', harmless],
    ['a JSON string', 400, '"query is not supported"', harmless],
    ['an empty body', 400, '', harmless],
    ['unreadable result', 500, '{"message":"could not parse postgres response"}', never],
    ['control plane', 500, '{"message":"Control plane request failed"}', rolledBack],
    ['control plane in lower case', 500, '{"message":"control plane error"}', rolledBack],
    ['compute out of reach', 500, '{"message":"could not connect to compute"}', rolledBack],
    ['internal', 500, '{"message":"internal error"}', harmless],
    ['500 without a body', 500, '', harmless],
    ['result too large', 507, '', never],
    ['bad gateway', 502, '', harmless],
    ['bad gateway that speaks of connecting', 502, 'could not connect to upstream', harmless],
    ['unavailable', 503, '', harmless],
    ['gateway timeout', 504, '', harmless],
    ['rate limit', 429, '', harmless],
  ])('says what may be repeated: %s', ([, status, body, expected], { expect }) => {
    expect(failureOfAnswer(status, body)).toMatchObject(expected)
  })

  it.for<[string, number, string]>([
    ['a unique violation', 400, state('23505')],
    ['a check violation', 400, state('23514')],
    ['an ended session', 400, state('28000')],
    ['a wrong password', 400, state('28P01')],
    ['a missing grant', 400, state('42501')],
    ['a syntax error', 400, state('42601')],
    ['a request too large', 413, '{"message":"request is too large"}'],
  ])("is the database's own word, and no failure of the call: %s", ([, status, body], { expect }) => {
    expect(failureOfAnswer(status, body)).toBeUndefined()
  })

  it.for([400, 413, 429, 500, 502, 507])(
    '%i gives no text of the database to the log',
    (status, { expect }) => {
      const told = failureOfAnswer(status, JSON.stringify({ message: 'secret', code: '', detail: 'secret' }))
      expect(JSON.stringify(told ?? null)).not.toContain('secret')
    },
  )
})

describe('no answer', () => {
  it('leaves open what happened', ({ expect }) => {
    expect(failureOfTransport('deadline')).toEqual({ ...harmless, reason: 'deadline' })
  })
})
