import type { Fault, Weather } from '../support/faults.ts'

/** One row of the campaign: what goes wrong, and how long the Worker may try. */
export interface Row extends Omit<Weather, 'seed'> {
  name: string
  deadlineMs: number
  /** Postgres itself is killed and started again, over and over. */
  crashes?: boolean
}

const DEADLINE_MS = 1_000
const SHORT_DEADLINE_MS = 500
const LONG_DEADLINE_MS = 5_000

/** The share of calls that meet the fault; fewer where each costs its client the whole deadline. */
const OFTEN = 0.25
const SELDOM = 0.1

const refusal = (code: string): Fault['answer'] => ({
  status: 400,
  body: JSON.stringify({ message: 'select something secret', code, severity: 'ERROR' }),
})
const failure = (status: number, message: string): Fault['answer'] => ({
  status,
  body: JSON.stringify({ message }),
})
const text = (status: number, body: string): Fault['answer'] => ({ status, body })

const GARBLED = [text(200, '{"results":['), text(200, '{"message":"ok"}'), text(200, 'null'), text(200, '')]

type When = Fault['when']

const MOMENTS: Record<When, string> = {
  before: 'before it runs',
  'rolled back': 'after it runs',
  after: 'after its commit',
  later: 'while it runs',
}

const ANY: When[] = ['before', 'rolled back', 'after']

/** Every signal of a failed call, and the moments of the call at which it can be given. */
const SIGNALS: [string, Fault['answer'][], When[]][] = [
  ['dropped connection', ['drop'], [...ANY, 'later']],
  ['truncated answer', ['truncate'], ANY],
  ['garbled answer', GARBLED, ANY],
  // These say that nothing was executed, or that all was rolled back; and so it is.
  ['control plane fails', [failure(500, 'Control plane request failed')], ['before']],
  ['compute out of reach', [failure(500, "Couldn't connect to compute node")], ['before']],
  ['40001', [refusal('40001')], ['before', 'rolled back']],
  ['40P01', [refusal('40P01')], ['before', 'rolled back']],
  ['53300', [refusal('53300')], ['before']],
  ['too many calls', [text(429, '')], ['before']],
  // These say that it was executed, which is not to say that it was committed.
  ['unreadable result', [failure(500, 'could not parse postgres response')], ['rolled back', 'after']],
  ['result over 10 MiB', [text(507, 'response is too large')], ['rolled back', 'after']],
  ['internal error', [failure(500, 'internal error')], ANY],
  ['bad gateway', [text(502, '<h1>Bad gateway</h1>')], ANY],
  ['gateway timeout', [text(504, '')], [...ANY, 'later']],
  ['57P01', [refusal('57P01')], ANY],
  ['connection lost', [refusal('')], ANY],
  ['08P01', [refusal('08P01')], ANY],
]

/** No answer in time; `later`, the call arrives when its client has long been told so. */
const SILENCE: [string, Fault][] = [
  ['dropped connection, and it runs a second later', { when: 'later', answer: 'drop', delayMs: 1000 }],
  ['no answer, before it runs', { when: 'before', answer: 'hang' }],
  ['no answer, after it runs', { when: 'rolled back', answer: 'hang' }],
  ['no answer, after its commit', { when: 'after', answer: 'hang' }],
  ['no answer, and it runs after the deadline', { when: 'later', answer: 'hang', delayMs: 800 }],
]

export const ROWS: Row[] = [
  ...SIGNALS.flatMap(([name, answers, moments]) =>
    moments.map((when) => ({
      name: `${name}, ${MOMENTS[when]}`,
      rate: OFTEN,
      faults: answers.map((answer) => ({ when, answer })),
      deadlineMs: DEADLINE_MS,
    })),
  ),
  ...SILENCE.map(([name, fault]) => ({ name, rate: SELDOM, faults: [fault], deadlineMs: SHORT_DEADLINE_MS })),
  {
    name: 'slow by two seconds',
    rate: SELDOM,
    faults: [{ when: 'after', answer: 'actual', delayMs: 2_000 }],
    deadlineMs: LONG_DEADLINE_MS,
  },
  {
    name: 'its session is killed before its commit',
    rate: OFTEN,
    faults: [{ when: 'rolled back', answer: 'actual' }],
    deadlineMs: DEADLINE_MS,
  },
  {
    name: 'Postgres is killed and restarted',
    rate: 0,
    faults: [],
    deadlineMs: LONG_DEADLINE_MS,
    crashes: true,
  },
]

/** What can happen to any call, for a little of everything. */
export const ALL_FAULTS: Fault[] = ROWS.flatMap(({ faults }) => faults)
