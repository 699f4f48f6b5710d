import { claimsOf } from '../tokens.ts'
import type { Credentials, Ingredients } from './ingredients.ts'

/** Good tokens, but not in `Authorization: Bearer <token>`. */
export const badTransport = ({ token, othersToken, session }: Ingredients): [string, Credentials][] => [
  ['no header at all', {}],
  ['an empty header', ''],
  ['only the scheme', 'Bearer'],
  ['only the token', token],
  ['another scheme: Basic', `Basic ${btoa(`ada:${token}`)}`],
  ...['Basic', 'Token', 'JWT', 'DPoP', 'Digest', 'Negotiate', 'OAuth', 'Bearer,', 'Bearer:', 'Bearers'].map(
    (scheme): [string, Credentials] => [`the scheme ${scheme} before it`, `${scheme} ${token}`],
  ),
  ['the scheme twice', `Bearer Bearer ${token}`],
  ['no blank after the scheme', `Bearer${token}`],
  ['a tab after the scheme', `Bearer\t${token}`],
  ['two blanks after the scheme', `Bearer  ${token}`],
  ['an equals sign after the scheme', `Bearer=${token}`],
  ['a parameter name', `Bearer token=${token}`],
  ['a parameter after it', `Bearer ${token}, realm="tasks"`],
  ['a token after it', `Bearer ${token} ${othersToken}`],
  ['the header twice', { headers: [1, 2].map(() => ['Authorization', `Bearer ${token}`]) }],
  ['two tokens in one header', `Bearer ${token},${othersToken}`],
  [
    'two users in two headers',
    { headers: [token, othersToken].map((t) => ['Authorization', `Bearer ${t}`]) },
  ],
  ['a comma before it', `, Bearer ${token}`],
  ['the access token in the query', { search: `access_token=${token}` }],
  ['the access token in a cookie', { headers: [['Cookie', `token=${token}; access_token=${token}`]] }],
  ['the session cookie', { headers: [['Cookie', session.cookie]] }],
  ['the access token in Proxy-Authorization', { headers: [['Proxy-Authorization', `Bearer ${token}`]] }],
  ['the access token in X-Access-Token', { headers: [['X-Access-Token', token]] }],
  [
    'the access token in X-Forwarded-Authorization',
    { headers: [['X-Forwarded-Authorization', `Bearer ${token}`]] },
  ],
  ['a user id in a header', { headers: [['X-User-Id', claimsOf(token).sub]] }],
]
