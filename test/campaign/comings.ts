import { setTimeout as sleep } from 'node:timers/promises'
import type { Company } from './campaign.ts'
import { send } from './client.ts'
import type { Told } from './ledger.ts'

/** What people were told who came and went, and all tokens that they were given. */
export interface Comings {
  told: Record<Told, number>
  unexpected: string[]
  tokens: string[]
}

/** How often somebody comes; a hash takes a core a good part of this. */
const EVERY_MS = 500

/** One person after the other signs in, gets a token, uses it and signs out again, as far as faults let them. */
export const comeAndGo = async ({ worker, people }: Company, goesOn: () => boolean): Promise<Comings> => {
  const comings: Comings = {
    told: { acknowledged: 0, unknown: 0, unavailable: 0, unexpected: 0 },
    unexpected: [],
    tokens: [],
  }
  const ask = async (path: string, call: Partial<Parameters<typeof send>[1]>) => {
    const { status, body } = await send(worker, { path, ...call })
    const told = toldBy(status, body?.code)
    comings.told[told] += 1
    if (told === 'unexpected') comings.unexpected.push(`${path} was answered ${status} ${body?.code ?? ''}`)
    return told === 'acknowledged' ? body : undefined
  }
  for (let coming = 0; goesOn(); coming += 1) {
    await sleep(EVERY_MS)
    const person = people[coming % people.length]
    if (!person) break
    const { email, password, address } = person
    const session = await ask('/api/auth/sign-in/email', {
      method: 'POST',
      body: { email, password },
      address,
    })
    if (!session) continue
    const sessionToken = String(session.token)
    const minted = await ask('/api/auth/token', { token: sessionToken, address })
    comings.tokens.push(sessionToken, String(minted?.token ?? sessionToken))
    if (minted) await ask('/v1/me', { token: String(minted.token) })
    await ask('/api/auth/sign-out', { method: 'POST', token: sessionToken, address })
  }
  return comings
}

const toldBy = (status: number, code: unknown): Told => {
  if (status === 200) return 'acknowledged'
  if (status === 503 && code === 'outcome_unknown') return 'unknown'
  if (status === 503 && code === 'unavailable') return 'unavailable'
  return 'unexpected'
}
