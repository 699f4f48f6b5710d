import { decodeProtectedHeader } from 'jose'
import { describe, it } from 'vitest'
import { sql } from '../support/database.ts'
import { type OwnWorker, ownWorker } from '../support/own-worker.ts'

const PASSWORD = 'correct horse battery staple'

const post = async <T>(worker: OwnWorker, path: string, body: object): Promise<T> => {
  const headers = { 'Content-Type': 'application/json' }
  const answer = await worker.send(`/api/auth${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return answer.json<T>()
}

const newSession = async (worker: OwnWorker): Promise<string> => {
  const email = `ada-${crypto.randomUUID()}@example.com`
  await post(worker, '/sign-up/email', { name: 'Ada', email, password: PASSWORD })
  await sql('update users set email_verified = true where email = $1', [email], 'fresh')
  return (await post<{ token: string }>(worker, '/sign-in/email', { email, password: PASSWORD })).token
}

const mint = async (worker: OwnWorker, session: string): Promise<string> => {
  const answer = await worker.send('/api/auth/token', { headers: { Authorization: `Bearer ${session}` } })
  return (await answer.json<{ token: string }>()).token
}

const keyIds = async (worker: OwnWorker): Promise<string[]> => {
  const { keys } = await (await worker.send('/api/auth/jwks')).json<{ keys: { kid: string }[] }>()
  return keys.map(({ kid }) => kid).toSorted()
}

describe('a deployment that has no token-signing key yet', () => {
  it('mints good tokens for all who ask at once, whichever keys that makes', async ({ expect }) => {
    const worker = ownWorker({ database: 'fresh' })
    const sessions = await Promise.all(Array.from({ length: 8 }, () => newSession(worker)))
    const tokens = await Promise.all(
      Array.from({ length: 40 }, (_, n) => mint(worker, sessions[n % sessions.length] ?? '')),
    )
    const keys = await keyIds(worker)
    expect(keys.length).toBeGreaterThan(0)
    const used = tokens.map((token) => decodeProtectedHeader(token).kid)
    expect(used.every((kid) => kid !== undefined && keys.includes(kid))).toBe(true)

    for (const verifier of [worker, ownWorker({ database: 'fresh' })]) {
      const answers = await Promise.all(tokens.map((token) => verifier.as({ token }).send('GET', '/v1/me')))
      expect(answers.map(({ status }) => status)).toEqual(tokens.map(() => 200))
    }
    await mint(worker, sessions[0] ?? '')
    expect(await keyIds(worker)).toEqual(keys)
  })
})
