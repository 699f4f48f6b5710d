import type * as z from 'zod'
import { refused, unavailable } from './fault.ts'

/** The longest that one call to a provider may take. */
export const PROVIDER_DEADLINE_MS = 5_000

/**
 * What a provider answers, if it has that form. Throws `ProviderFault`: `what` names the call in the log.
 * Redirects are not followed, since they could carry a secret or the caller elsewhere.
 */
export const askProvider = async <T extends z.ZodType>(
  what: string,
  url: string,
  { answer, ...init }: RequestInit & { answer: T },
): Promise<z.output<T>> => {
  const { status, body } = await send(url, init).catch((error: unknown) => {
    const isTimeout = error instanceof Error && error.name === 'TimeoutError'
    throw unavailable(`${what}_${isTimeout ? 'timeout' : 'failed'}`)
  })
  if (status >= 400 && status < 500) throw refused(`${what}_${status}`)
  if (status !== 200) throw unavailable(`${what}_${status}`)
  const { data } = answer.safeParse(parsed(body))
  if (!data) throw unavailable(`${what}_unfit`)
  return data
}

const send = async (url: string, init: RequestInit) => {
  const signal = AbortSignal.timeout(PROVIDER_DEADLINE_MS)
  const response = await fetch(url, { ...init, redirect: 'manual', signal })
  return { status: response.status, body: await response.text() }
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
