import { MARK } from './people.ts'

/** What the table of failures lets the log say of a 503. */
const EXPLANATION =
  /^(no_answer|deadline|garbled_answer|cannot_connect|unreadable_result|connection_lost|http_\d{3}|40001|40P01|57P01|53300|08P01)$/

export interface LogFindings {
  requests: number
  serverErrors: number
  /** Server errors that no fault explains, as the log tells them. */
  unexplained: string[]
  /** Lines that hold what no line may hold. */
  leaks: string[]
}

/** Reads all that the Worker said; `secrets` are what must not be in it, beside whatever bears the mark. */
export const readLog = (log: string, secrets: string[]): LogFindings => {
  const lines = log.split('\n')
  const findings: LogFindings = { requests: 0, serverErrors: 0, unexplained: [], leaks: [] }
  for (const line of lines) {
    if (ALWAYS_SECRET.test(line)) findings.leaks.push(line)
    const entry = entryIn(line)
    if (!entry) continue
    findings.requests += 1
    if (entry.status < 500) continue
    findings.serverErrors += 1
    const reason = entry.sqlState ?? entry.refusal ?? ''
    if (entry.status !== 503 || !EXPLANATION.test(reason)) findings.unexplained.push(line)
  }
  for (const secret of new Set(secrets)) {
    const at = log.indexOf(secret)
    if (at >= 0) findings.leaks.push(log.slice(log.lastIndexOf('\n', at) + 1, log.indexOf('\n', at)))
  }
  return findings
}

/** Marked texts, JSON Web Tokens, connection strings and cookies. */
const ALWAYS_SECRET = new RegExp(`${MARK}|\\beyJ[\\w-]{10,}\\.|postgres(ql)?://|session_token`, 'i')

const entryIn = (line: string): { status: number; refusal?: string; sqlState?: string } | undefined => {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
