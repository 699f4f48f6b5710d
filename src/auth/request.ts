import type { Context } from 'hono'

/** The request in the form in which Better Auth takes it; `body` is what the contract made of the body. */
export const forBetterAuth = ({ req }: Context, body: unknown): Request => {
  // Our router has matched the path without its escapes (`/%61uth`), and a HEAD as a GET; it does neither.
  const url = new URL(req.url)
  url.pathname = req.path
  if (req.method !== 'POST') return new Request(url, { headers: req.raw.headers })
  const headers = new Headers(req.raw.headers)
  // It takes a lone Sec-Fetch-Mode for a browser that hides its origin; but browsers send the site with it
  // (W3C Fetch Metadata), which is enough to tell, and it is Node's fetch that does not.
  headers.delete('Sec-Fetch-Mode')
  // It asks for a JSON body also where it has no use for one.
  headers.set('Content-Type', 'application/json')
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(body ?? {}) })
}
