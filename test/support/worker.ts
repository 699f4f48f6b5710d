import { env as bindings, exports } from 'cloudflare:workers'
import type { RateLimiter } from '../../src/limits/limits.ts'

interface TestBindings {
  BASE_URL: string
  DATABASE_URL: string
  AUTH_DATABASE_URL: string
  BETTER_AUTH_SECRET: string
  OWNER_DATABASE_URL: string
  COUNTER_URL: string
  /** Where mail goes, and can be read. */
  RESEND_URL: string
  AUTH_LIMIT: RateLimiter
  DATA_LIMIT: RateLimiter
  /** Allows three in a minute. */
  SMALL_LIMIT: RateLimiter
  /** The identity provider, in the project `shipped`. */
  OIDC_ISSUER: string
  OIDC_CLIENT_SECRET: string
  /** The vitest project: which walls stand, among others. */
  PROJECT: string
  /** Runs of each property, if not its own number. */
  FUZZ_RUNS: string
  /** Which cases a property is tried with, if not others every time. */
  FUZZ_SEED: string
}

export const env = bindings as unknown as TestBindings

/** Sends a request to the Worker, as the runtime would. */
export const send = (path: string, init?: RequestInit): Promise<Response> =>
  (exports as unknown as { default: Fetcher }).default.fetch(requestFromSomewhere(path, init))

/** A request that comes, unless it says otherwise, from an address of its own: tests share no limits. */
export const requestFromSomewhere = (
  path: string,
  init?: RequestInit,
  origin: string = env.BASE_URL,
): Request => {
  const request = new Request(`${origin}${path}`, init)
  if (!request.headers.has('cf-connecting-ip')) request.headers.set('cf-connecting-ip', someAddress())
  return request
}

/** One of 2^60 networks: an address that is nobody else's. */
export const someAddress = (): string => {
  const [a = 0, b = 0, c = 0, d = 0] = crypto.getRandomValues(new Uint16Array(4))
  return `${[0x2000 | (a & 0xfff), b, c, d].map((part) => part.toString(16)).join(':')}::1`
}
