import { type Problem, problem } from '../http/problem.ts'

/** How a limit stands for one caller. */
export interface Quota {
  /** The policy's name. */
  name: string
  limit: number
  windowSeconds: number
  remaining: number
  resetsInSeconds: number
}

/** The fields of draft-ietf-httpapi-ratelimit-headers-10: each policy, and how it stands. */
export const rateLimitFields = (quotas: Quota[]) => ({
  'RateLimit-Policy': quotas
    .map(({ name, limit, windowSeconds }) => `"${name}";q=${limit};w=${windowSeconds}`)
    .join(', '),
  RateLimit: quotas
    .map(({ name, remaining, resetsInSeconds }) => `"${name}";r=${remaining};t=${resetsInSeconds}`)
    .join(', '),
})

/** The problem that tells of the limit that has been reached. */
export const tooManyRequests = (quota: Quota): Problem =>
  problem('too_many_requests', {
    headers: { 'Retry-After': String(quota.resetsInSeconds), ...rateLimitFields([quota]) },
  })
