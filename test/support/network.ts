import { send } from './worker.ts'

type Mishap = (request: Request) => Promise<Response> | Response | undefined

/** The way from a client to the Worker: it notes what goes along it, and mishaps can be put in the way. */
export const network = () => {
  const sent: Request[] = []
  const mishaps: Mishap[] = []
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init)
    request.signal.throwIfAborted()
    sent.push(request.clone())
    const mishap = mishaps.shift()
    const answer = await mishap?.(request.clone())
    if (answer) return answer
    const { pathname, search } = new URL(request.url)
    return send(pathname + search, request)
  }
  return {
    fetch,
    sent,
    /** What becomes of the next requests, one after the other; `undefined` lets one through. */
    next: (...coming: (Mishap | undefined)[]) => {
      mishaps.push(...coming.map((mishap) => mishap ?? (() => undefined)))
    },
    /** Requests to the data API, by method and path. */
    calls: () =>
      sent
        .map(({ method, url }) => `${method} ${new URL(url).pathname}`)
        .filter((call) => call.includes('/v1/')),
    tokens: () => sent.filter(({ url }) => url.endsWith('/api/auth/token')).length,
  }
}

/** The request arrives and is answered, and the answer is lost. */
export const answerLost: Mishap = async (request) => {
  const { pathname, search } = new URL(request.url)
  await send(pathname + search, request)
  throw new TypeError('Network connection lost.')
}

export const neverArrives: Mishap = () => {
  throw new TypeError('Network connection lost.')
}

export const answers =
  (status: number, headers: Record<string, string> = {}, body = ''): Mishap =>
  () =>
    new Response(body, { status, headers })
