import { isOfApp, isWhatItShouldBe } from './paths.ts'

declare const self: ServiceWorkerGlobalScope

/** Set when it is built: a name for just these files, and their paths, the page itself as `/`. */
declare const SHELL: { version: string; files: readonly string[] }

const PREFIX = 'edgewise-shell-'
const CACHE = `${PREFIX}${SHELL.version}`

/** A network that takes longer is as good as none. */
const ANSWERED_WITHIN_MS = 3_000

self.addEventListener('install', (event) => {
  event.waitUntil(install())
})
self.addEventListener('activate', (event) => {
  event.waitUntil(activate())
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    if (isOfApp(pathname)) event.respondWith(page(request))
  } else if (pathname.startsWith('/app/')) {
    event.respondWith(builtFile(request))
  } else if (SHELL.files.includes(pathname)) {
    event.respondWith(fresh(request, pathname))
  }
})

/** Keeps the whole app, or nothing of it: the version before then goes on. */
const install = async () => {
  const cache = await caches.open(CACHE)
  try {
    await Promise.all(SHELL.files.map((file) => keep(cache, file)))
  } catch (error) {
    await caches.delete(CACHE)
    throw error
  }
  await self.skipWaiting()
}

const keep = async (cache: Cache, file: string) => {
  // The name of a built file tells what is in it.
  const before = file.startsWith('/app/') ? await caches.match(file) : undefined
  const answer = before ?? (await fetch(file, { cache: 'reload' }))
  if (!isWhatItShouldBe(file, answer)) throw new Error(`${file} is not there`)
  await cache.put(file, answer)
}

/** The version before stays, too: a page that is open may still ask for a part of it. */
const activate = async () => {
  const versions = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(versions.slice(0, -1).map((name) => caches.delete(name)))
  await self.clients.claim()
}

/** As the server has it now; as it was kept, where that does not answer soon. */
const page = async (request: Request): Promise<Response> => {
  const kept = await (await caches.open(CACHE)).match('/')
  const coming = fetch(request)
  if (!kept) return coming
  const answer = await Promise.race([coming.catch(() => undefined), soon()])
  return answer && answer.status < 500 ? answer : kept
}

const soon = (): Promise<undefined> =>
  new Promise((resolve) => {
    setTimeout(resolve, ANSWERED_WITHIN_MS)
  })

const builtFile = async (request: Request): Promise<Response> => {
  const kept = await caches.match(request, { ignoreVary: true })
  if (kept) return kept
  const answer = await fetch(request)
  if (isWhatItShouldBe(request.url, answer)) await (await caches.open(CACHE)).put(request, answer.clone())
  return answer
}

const fresh = async (request: Request, file: string): Promise<Response> => {
  try {
    return await fetch(request)
  } catch (error) {
    const kept = await (await caches.open(CACHE)).match(file)
    if (!kept) throw error
    return kept
  }
}
