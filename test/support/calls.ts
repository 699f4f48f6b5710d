import { idsFor, perform } from './attack.ts'
import { operations } from './openapi.ts'
import { type OwnWorker, ownWorker } from './own-worker.ts'
import { clientOf, type Person, signUp } from './person.ts'
import { env } from './worker.ts'

/** A Worker that has its keys, and that person. */
export const warmWorker = async (): Promise<{ worker: OwnWorker; ada: Person }> => {
  const [ada, worker] = [await signUp('ada'), ownWorker()]
  const answer = await worker.as(ada).send('GET', '/v1/me')
  if (answer.status !== 200) throw new Error(`a good token was answered ${answer.status}`)
  return { worker, ada }
}

/**
 * The operations that ask for an access token, each as a call that a good token makes succeed, one after the
 * other: those on one thing come before those that may end all of its kind.
 */
export const callsFor = async (person: Person) => {
  const asking = (await operations())
    .filter(({ isAuthenticated }) => isAuthenticated)
    .toSorted((one, other) => other.pathParameters.length - one.pathParameters.length)
  return Promise.all(
    asking.map(async (operation) => {
      const ids = await idsFor(person, operation)
      let request = new Request(env.BASE_URL)
      const recorder = clientOf('', async (path, init) => {
        request = new Request(`${env.BASE_URL}${path}`, init)
        return new Response()
      })
      await perform({ ...person, ...recorder }, operation, { ids })
      const { pathname, search } = new URL(request.url)
      return {
        operation: operation.operationId,
        path: `${pathname}${search}`,
        method: request.method,
        contentType: request.headers.get('Content-Type'),
        body: request.body && (await request.text()),
      }
    }),
  )
}

export type Call = Awaited<ReturnType<typeof callsFor>>[number]

/** Sends the call with those headers and no other credentials. */
export const sendWith = (worker: OwnWorker, call: Call, headers: [string, string][], search = '') => {
  const { method, path, body, contentType } = call
  const all = new Headers(headers)
  if (contentType) all.set('Content-Type', contentType)
  return worker.send(search ? `${path}?${search}` : path, { method, headers: all, ...(body && { body }) })
}
