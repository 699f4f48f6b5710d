import pg from 'pg'
import { postgresErrorIn, SetupFailure } from './failure.ts'
import type { Address, Login } from './owner-url.ts'

/** A sleeping Neon takes a moment to wake; its guide recommends 10 to 15 seconds. */
const CONNECT_DEADLINE_MS = 15_000

/** Runs `work` in a session of that login, and closes it. Throws a sentence when there is no getting in. */
export const asRole = async <T>(
  address: Address,
  login: Login,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> => {
  const client = clientFor(address, login)
  // A lost connection also fails the statement that is waiting, which is where it is reported.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    client.end().catch(() => {})
    throw new SetupFailure(sentenceFor(error, address, login), { cause: error })
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Field by field: pg would take an `sslmode` in a URL as leave to skip the certificate. */
const clientFor = ({ host, port, database, tls, channelBinding }: Address, { user, password }: Login) =>
  new pg.Client({
    ...{ host, port, database, user, password },
    ssl: tls && { rejectUnauthorized: true },
    enableChannelBinding: channelBinding,
    connectionTimeoutMillis: CONNECT_DEADLINE_MS,
    keepAlive: true,
    application_name: 'edgewise db:setup',
  })

/** Whether a login failed for its password. */
export const saysWrongPassword = (error: unknown): boolean => postgresErrorIn(error)?.code === '28P01'

const sentenceFor = (error: unknown, { host, port, database }: Address, { user }: Login): string => {
  const message = error instanceof Error ? error.message : ''
  const code = postgresErrorIn(error)?.code ?? ''
  if (error instanceof pg.DatabaseError) {
    if (code === '28P01') return `${host} does not accept the password of ${user}.`
    if (code === '3D000') return `${host} has no database named ${database}.`
    return `${host} refused ${user}: ${message} (${code}).`
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `The host ${host} cannot be found.`
  if (/^E[A-Z]+$/.test(code)) return `Nothing answers at ${host}, port ${port} (${code}).`
  if (message.includes('timeout')) return `Nothing answers at ${host}, port ${port}, in time.`
  if (message.includes('does not support SSL')) return `${host} offers no TLS, without which nothing is sent.`
  if (code) return `The certificate of ${host} does not stand up to examination (${code}); nothing was sent.`
  return `${host} did not answer as Postgres does (${message}).`
}
