import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json, text } from 'node:stream/consumers'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import type { Identity } from './identity.ts'
import { idTokenForger } from './identity-mischief.ts'

/**
 * An OpenID Connect provider, `oidc-provider` from npm, and around it what the tests need:
 * - `PUT /people/<subject>` makes a person known, and says what goes wrong when they sign in;
 * - `/interaction/<uid>` is its sign-in page, which believes whoever posts `login=<subject>`; without one, they have said no;
 * - `/liar` is an issuer whose document names another one, `/silent` one that does not answer.
 */
export const startIdentityProvider = async (redirectUris: string[]) => {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  const client = { id: 'edgewise', secret: randomBytes(32).toString('base64url') }
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const people = new Map<string, Identity>()

  const provider = new Provider(issuer, {
    adapter: memory(),
    clients: [{ client_id: client.id, client_secret: client.secret, redirect_uris: redirectUris }],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'a-key', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, sub: string) =>
      people.has(sub) && {
        accountId: sub,
        claims: () => ({ ...people.get(sub)?.claims, sub }),
      },
    // Nobody is asked for consent.
    loadExistingGrant: async ({ oidc }: GrantContext) => {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId })
      grant.addOIDCScope('openid email profile')
      await grant.save()
      return grant
    },
  })

  const forge = idTokenForger({ key: privateKey, keyId: 'a-key', client })
  provider.use(async (ctx, next) => {
    await next()
    const { route, entities } = ctx.oidc ?? {}
    const mischief = people.get(entities?.Account?.accountId ?? '')?.mischief
    if (!mischief) return
    if (route === 'token') await forge(ctx, mischief)
    if (route === 'userinfo' && mischief === 'userinfo about somebody else')
      ctx.body = { ...(ctx.body as object), sub: 'somebody-else' }
  })

  const signInPage = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const form = new URLSearchParams(await text(incoming))
    const login = form.get('login')
    const result = login ? { login: { accountId: login } } : { error: 'access_denied' }
    await provider.interactionFinished(incoming, outgoing, result)
  }

  const answer = provider.callback()
  server.on('request', async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const [, place = '', name = ''] = incoming.url?.split('/') ?? []
    if (place === 'people') {
      people.set(name, (await json(incoming)) as Identity)
      return outgoing.end()
    }
    if (place === 'silent') return
    if (place === 'liar') incoming.url = incoming.url?.slice('/liar'.length)
    if (place === 'interaction' && incoming.method === 'POST') return signInPage(incoming, outgoing)
    if (place === 'interaction') return outgoing.setHeader('Content-Type', 'text/html').end(SIGN_IN_FORM)
    await answer(incoming, outgoing)
  })

  return {
    issuer,
    client,
    stop: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

const SIGN_IN_FORM = `<!doctype html><html lang="en"><title>Example</title><link rel="icon" href="data:,">
<form method="post"><label>Name <input name="login"></label> <button>Sign in</button></form>
<form method="post"><button>Cancel</button></form>`

interface GrantContext {
  oidc: { client: { clientId: string }; session: { accountId: string } }
}

/** What `oidc-provider` asks of a store, kept in memory. */
const memory = () => {
  const rows = new Map<string, Record<string, unknown>>()
  return (kind: string) => {
    const at = (id: string) => `${kind}:${id}`
    return {
      upsert: async (id: string, row: Record<string, unknown>) => void rows.set(at(id), row),
      find: async (id: string) => rows.get(at(id)),
      findByUid: async (uid: string) => [...rows.values()].find((row) => row.uid === uid),
      consume: async (id: string) =>
        void Object.assign(rows.get(at(id)) ?? {}, { consumed: Date.now() / 1000 }),
      destroy: async (id: string) => void rows.delete(at(id)),
      revokeByGrantId: async (grantId: string) => {
        for (const [key, row] of rows) if (row.grantId === grantId) rows.delete(key)
      },
    }
  }
}
