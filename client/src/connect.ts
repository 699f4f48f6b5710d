import { hc } from 'hono/client'
import type { Api } from '../types/client/contract/api.d.ts'

export type { Api, ProblemCode } from '../types/client/contract/api.d.ts'

/** The Worker's routes as functions: paths, parameters, bodies and answers are those of its contract. */
export const connectTo = (baseUrl: string, fetch: typeof globalThis.fetch): Api => {
  // hc makes whatever path is asked of it; the compiled contract says which there are.
  const api: unknown = hc(baseUrl, { fetch })
  return api as Api
}
