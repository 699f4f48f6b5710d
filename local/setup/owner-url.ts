import { SetupFailure } from './failure.ts'

export interface Login {
  user: string
  password: string
}

/** Where a database is, and how to get there; without the login. */
export interface Address {
  host: string
  /** 5432 unless the URL says otherwise. */
  port: number
  database: string
  /** Whether to speak TLS, which always means a verified certificate of that host. */
  tls: boolean
  channelBinding: boolean
  /** The connection string of that database for another login; its password must be of the base64url alphabet. */
  urlFor(login: Login): string
}

export interface Owner {
  login: Login
  address: Address
  /** Whether the URL named Neon's pooled host, in whose place `address` has the direct one. */
  wasPooled: boolean
}

/** Reads the owner's connection string. Throws a sentence, without any part of it, if it cannot be one. */
export const readOwnerUrl = (text: string): Owner => {
  const url = parse(text.trim())
  const login = { user: decode(url.username), password: decode(url.password) }
  const given = url.hostname.toLowerCase()
  const database = decode(url.pathname.slice(1))
  if (!HOST.test(given) || !login.user || !login.password || !database) throw notAPostgresUrl()

  const host = given.replace(POOLED, '$1.')
  const isLocal = LOCAL_HOSTS.includes(host)
  const tls = !isLocal || STRICT_SSL_MODES.includes(url.searchParams.get('sslmode') ?? '')
  const place = `${host}${url.port && `:${url.port}`}/${encoded(database)}${keptQuery(url, tls)}`
  const address: Address = {
    host,
    port: Number(url.port || POSTGRES_PORT),
    database,
    tls,
    channelBinding: tls && url.searchParams.get('channel_binding') === 'require',
    urlFor: ({ user, password }) => `postgresql://${user}:${password}@${place}`,
  }
  return { login, address, wasPooled: host !== given }
}

const POSTGRES_PORT = 5432
const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/
const LOCAL_HOSTS = ['localhost', '127.0.0.1']
const STRICT_SSL_MODES = ['require', 'verify-ca', 'verify-full']
/** Neon's endpoint behind its connection pooler: https://neon.com/docs/connect/connection-pooling */
const POOLED = /^([^.]+)-pooler\./

const parse = (text: string): URL => {
  const url = URL.parse(text)
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol)) throw notAPostgresUrl()
  return url
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    throw notAPostgresUrl()
  }
}

/** The parameters that mean something to Neon; others could be anything, secrets included. */
const keptQuery = ({ searchParams }: URL, tls: boolean): string => {
  const sslMode = searchParams.get('sslmode') ?? ''
  const kept = new URLSearchParams()
  if (tls) kept.set('sslmode', STRICT_SSL_MODES.includes(sslMode) ? sslMode : 'require')
  for (const name of ['channel_binding', 'options']) {
    const value = searchParams.get(name)
    if (value) kept.set(name, value)
  }
  return kept.size > 0 ? `?${kept}` : ''
}

/** Fit for a URL that stands between single quotes. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27')

const notAPostgresUrl = () =>
  new SetupFailure(
    'That is no Postgres connection string with a role, password, host and database: postgresql://role:password@host/database',
  )
