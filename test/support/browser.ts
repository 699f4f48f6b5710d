import type { Identity } from './identity.ts'
import { env, send } from './worker.ts'

type Through = (path: string, init?: RequestInit) => Promise<Response>

/** A browser at the Worker: it keeps cookies, and goes on to no page by itself. */
export const openBrowser = (through: Through = send) => {
  const cookies = cookieJar()
  const get = async (path: string, init: RequestInit = {}) =>
    cookies.kept(await through(path, { redirect: 'manual', ...init, headers: cookies.added(init.headers) }))

  return {
    get,
    cookies,

    /** Asks where to sign in; the address is the provider's. */
    begin: async (body: object = {}) => {
      const answer = await get('/api/auth/sign-in/social', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Origin: env.BASE_URL },
        body: JSON.stringify({ provider: 'oidc', ...body }),
      })
      if (answer.status !== 200) throw new Error(`began with ${answer.status}: ${await answer.text()}`)
      return (await answer.json<{ url: string }>()).url
    },

    /** Comes back from the provider; gives the page where that leads. */
    land: async (callback: string) => {
      const { pathname, search } = new URL(callback)
      const answer = await get(`${pathname}${search}`)
      if (answer.status !== 302) throw new Error(`landed with ${answer.status}: ${await answer.text()}`)
      return answer.headers.get('Location') ?? ''
    },

    /** An access token of the session that the cookie names, if there is one. */
    token: async (): Promise<string | undefined> => {
      const answer = await get('/api/auth/token')
      return answer.ok ? (await answer.json<{ token: string }>()).token : undefined
    },
  }
}

/** Makes that person known to the identity provider; gives their subject. */
export const enrol = async (identity: Identity, subject: string = crypto.randomUUID()): Promise<string> => {
  const url = `${env.OIDC_ISSUER}/people/${subject}`
  await (await fetch(url, { method: 'PUT', body: JSON.stringify(identity) })).text()
  return subject
}

/** What a person does at the provider's pages, or refuses to do; gives the address that they are sent back to. */
export const visitProvider = async (url: string, subject: string | 'no thanks'): Promise<string> => {
  const cookies = cookieJar()
  let next = new URL(url)
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    if (next.href.startsWith(`${env.BASE_URL}/`)) return next.href
    const isSignInPage = next.pathname.startsWith('/interaction/')
    const form = subject === 'no thanks' ? 'deny=1' : `login=${subject}`
    const answer = cookies.kept(
      await fetch(next, {
        redirect: 'manual',
        headers: cookies.added({ 'Content-Type': 'application/x-www-form-urlencoded' }),
        ...(isSignInPage && { method: 'POST', body: form }),
      }),
    )
    const target = answer.headers.get('Location')
    if (!target) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`)
    await answer.body?.cancel()
    next = new URL(target, next)
  }
  throw new Error('the provider leads nowhere')
}

const MAX_HOPS = 6

/** The whole way, from our page to our page. */
export const signInWithProvider = async (subject: string | 'no thanks', browser = openBrowser()) => {
  const url = await browser.begin({ callbackURL: '/inbox', errorCallbackURL: '/oops' })
  return { browser, landed: await browser.land(await visitProvider(url, subject)) }
}

const cookieJar = () => {
  const cookies = new Map<string, string>()
  return {
    all: cookies,
    added: (init?: HeadersInit) => {
      const headers = new Headers(init)
      if (cookies.size > 0) headers.set('Cookie', [...cookies].map((pair) => pair.join('=')).join('; '))
      return headers
    },
    kept: (answer: Response) => {
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value && !/max-age=0/i.test(line)) cookies.set(name, value)
        else cookies.delete(name)
      }
      return answer
    },
  }
}
