import { vi } from 'vitest'

const lines: string[] = []

// For the whole file, and before a Worker is loaded: what it does to the console itself counts too.
for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const) {
  vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
    lines.push(parts.map(written).join(' '))
  })
}

/** As the console shows it, or more of it. */
function written(part: unknown): string {
  if (typeof part === 'string') return part
  const rest = JSON.stringify(part) ?? String(part)
  return part instanceof Error ? `${part.stack} ${rest} ${written(part.cause)}` : rest
}

/** What Workers of this test write to the console while `act` runs, one text a call. */
export const logOf = async (act: () => Promise<unknown>): Promise<string[]> => {
  lines.length = 0
  await act()
  return [...lines]
}

/** The one line of the one request that `act` makes, without what differs each time. */
export const lineOf = async (act: () => Promise<unknown>): Promise<Record<string, unknown>> => {
  const log = await logOf(act)
  if (log.length !== 1) throw new Error(`${log.length} lines for one request: ${log.join('\n')}`)
  const { requestId, durationMs, databaseMs, ...line } = JSON.parse(log[0] ?? '') as Record<string, unknown>
  if (typeof requestId !== 'string' || typeof durationMs !== 'number')
    throw new Error(`no id or time: ${log}`)
  return databaseMs === undefined ? line : { ...line, databaseMs: typeof databaseMs }
}
