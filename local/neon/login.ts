import { unescape as percentDecode } from 'node:querystring'
import { Refusal } from './refusal.ts'

/** Who calls, from the `Neon-Connection-String` header. Host, port and query parameters lead nowhere. */
export type Login = { user: string; password: string; database: string }

/** Reads a connection string as Neon's proxy does; throws a 400 `Refusal` that says what is missing. */
export const parseLogin = (
  connectionString: string | undefined,
  authorization: string | undefined,
): Login => {
  if (connectionString === undefined) throw new Refusal(400, 'invalid header: neon-connection-string')
  const url = URL.parse(connectionString)
  if (!url) throw new Refusal(400, 'invalid connection string: relative URL without a base')
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:') {
    throw new Refusal(400, 'incorrect scheme')
  }
  const [beforeSlash, database] = url.pathname.split('/')
  if (beforeSlash !== '' || database === undefined) throw new Refusal(400, 'missing database name')
  const user = percentDecode(url.username)
  if (!user) throw new Refusal(400, 'missing username')
  if (!url.password || authorization !== undefined) {
    throw new Refusal(400, 'missing authentication credentials: required password')
  }
  if (!url.hostname || url.hostname.startsWith('[')) throw new Refusal(400, 'missing hostname')
  // Postgres takes an empty database name for one named like the user.
  return { user, password: percentDecode(url.password), database: percentDecode(database) || user }
}
