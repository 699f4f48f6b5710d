import { env as bindings, exports } from 'cloudflare:workers'

interface TestBindings {
  BASE_URL: string
  DATABASE_URL: string
  AUTH_DATABASE_URL: string
  BETTER_AUTH_SECRET: string
  OWNER_DATABASE_URL: string
  COUNTER_URL: string
  /** Where mail goes, and can be read. */
  RESEND_URL: string
  /** The vitest project: which walls stand, among others. */
  PROJECT: string
  /** Runs of each property, if not its own number. */
  FUZZ_RUNS: string
}

export const env = bindings as unknown as TestBindings

/** Sends a request to the Worker, as the runtime would. */
export const send = (path: string, init?: RequestInit): Promise<Response> =>
  (exports as unknown as { default: Fetcher }).default.fetch(new Request(`${env.BASE_URL}${path}`, init))
