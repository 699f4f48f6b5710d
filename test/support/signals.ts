import type { Fault } from './faults.ts'

const before = (answer: Fault['answer']): Fault => ({ when: 'before', answer })
const after = (answer: Fault['answer']): Fault => ({ when: 'after', answer })
const sqlState = (code: string): Fault['answer'] => ({
  status: 400,
  body: JSON.stringify({ message: 'select something secret', code, severity: 'ERROR' }),
})
const internal = (message: string): Fault['answer'] => ({ status: 500, body: JSON.stringify({ message }) })

/** What may be repeated when the fault strikes once: any call, those that are harmless to repeat, or none. */
export type Repeats = 'any' | 'harmless' | 'none'

/** Every way in which a call to Neon fails, and what may be done about it. */
export const SIGNALS: readonly (readonly [string, Fault, Repeats])[] = [
  ['the connection drops before it', before('drop'), 'harmless'],
  ['the connection drops after it', after('drop'), 'harmless'],
  ['the answer breaks off before it', before('truncate'), 'harmless'],
  ['the answer breaks off after it', after('truncate'), 'harmless'],
  ['the answer is garbled', after({ status: 200, body: '{"fields":[' }), 'harmless'],
  ['the answer is JSON, but no result', after({ status: 200, body: '{"message":"ok"}' }), 'harmless'],
  ['the answer is JSON null', after({ status: 200, body: 'null' }), 'harmless'],
  ['the answer is empty', after({ status: 200, body: '' }), 'harmless'],
  ['the control plane fails', before(internal('Control plane request failed')), 'any'],
  ['the compute cannot be reached', before(internal("Couldn't connect to compute node")), 'any'],
  ['the proxy cannot read the result', after(internal('could not parse postgres response')), 'none'],
  ['the proxy fails and does not say why', after(internal('internal error')), 'harmless'],
  ['a gateway fails before it', before({ status: 502, body: '<h1>Bad gateway</h1>' }), 'harmless'],
  ['a gateway gives up after it', after({ status: 504, body: '' }), 'harmless'],
  ['the calls are too many', before({ status: 429, body: '' }), 'harmless'],
  ['serialization failure 40001', before(sqlState('40001')), 'any'],
  ['deadlock 40P01', before(sqlState('40P01')), 'any'],
  ['shutdown 57P01 before it', before(sqlState('57P01')), 'harmless'],
  ['shutdown 57P01 after it', after(sqlState('57P01')), 'harmless'],
  ['too many connections 53300', before(sqlState('53300')), 'harmless'],
  ['connection lost before it', before(sqlState('')), 'harmless'],
  ['connection lost during its commit', after(sqlState('')), 'harmless'],
  ['an error without a code', after({ status: 400, body: '{}' }), 'harmless'],
  ['cancelled 08P01', after(sqlState('08P01')), 'none'],
  ['result over 10 MiB', after({ status: 507, body: 'response is too large' }), 'none'],
]

/** Never answered: only the deadline ends it. */
export const SILENCE: readonly (readonly [string, Fault])[] = [
  ['no answer, and it is not made', before('hang')],
  ['no answer, but it is made', after('hang')],
]
