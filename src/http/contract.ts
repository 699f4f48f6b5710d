import { createRoute, type RouteConfig, z } from '@hono/zod-openapi'
import { IdempotencyKey } from './idempotency.ts'
import { PROBLEMS, type ProblemCode } from './problem.ts'

const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]]

const ProblemDetails = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.enum(PROBLEM_CODES),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem', { description: 'Problem details (RFC 9457); `code` is stable, the texts are not' })

/** A JSON answer; `headers` describes those that it carries beside the usual ones. */
export const json = <T extends z.ZodType>(schema: T, description: string, headers: Descriptions = {}) => ({
  description,
  headers: described({ ...EVERY_ANSWER, ...headers }),
  content: { 'application/json': { schema } },
})

/** The header that goes with every version of a thing. */
export const TAGGED: Descriptions = { ETag: "The version's entity tag" }

/** An answer without a body. */
export const empty = (description: string, headers: Descriptions = {}) => ({
  description,
  headers: described({ ...EVERY_ANSWER, ...headers }),
})

/** A required JSON body. */
export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})

/** The problem answers for the given codes, one for each status, with an example for each code. */
export const problems = (...codes: ProblemCode[]) => {
  const responses: Record<number, ReturnType<typeof problemAnswer>> = {}
  for (const code of codes) {
    const { status, title } = PROBLEMS[code]
    const answer = responses[status] ?? problemAnswer(status)
    responses[status] = answer
    answer.content['application/problem+json'].examples[code] = {
      summary: title,
      value: {
        type: 'about:blank',
        title,
        status,
        code,
        ...(code === 'invalid_request' && { errors: AN_ERROR }),
      },
    }
  }
  return responses
}

/** What `boundedBody` can say of any request. */
const BODY_PROBLEMS = [
  'invalid_request',
  'malformed_json',
  'payload_too_large',
  'request_timeout',
] as const satisfies ProblemCode[]

/**
 * A route of the data API: behind the gate, its query strict, and documented with every answer that the
 * middleware can give for it.
 */
export const dataRoute = <P extends string, R extends Described<P>>(route: R) =>
  createRoute<P, R>({
    ...route,
    security: [{ accessToken: [] }],
    request: { query: NO_QUERY, ...route.request, ...headersOf(route) },
    responses: { ...commonProblems(route), ...route.responses },
  })

/** Beside the headers of its own, a write takes a key. */
const headersOf = ({ method, request }: Omit<RouteConfig, 'path'>) => {
  if (method === 'get') return {}
  const own = request?.headers instanceof z.ZodObject ? request.headers.shape : {}
  return { headers: IdempotencyKey.extend(own) }
}

type Described<P extends string> = Omit<RouteConfig, 'path'> & { path: P }
type Descriptions = Record<string, string>

const NO_QUERY = z.strictObject({})
const EVERY_ANSWER: Descriptions = { 'X-Request-Id': 'Names this request in the log' }
const AN_ERROR = [{ path: 'title', message: 'must not be empty' }]

const described = (descriptions: Descriptions) =>
  Object.fromEntries(
    Object.entries(descriptions).map(([name, description]) => [
      name,
      { description, schema: { type: 'string' as const } },
    ]),
  )

const problemAnswer = (status: number) => ({
  description: PROBLEM_STATUSES[status] ?? 'A problem',
  headers: described({ ...EVERY_ANSWER, ...PROBLEM_HEADERS[status] }),
  content: {
    'application/problem+json': {
      schema: ProblemDetails,
      examples: {} as Record<string, { summary: string; value: unknown }>,
    },
  },
})

const PROBLEM_STATUSES: Record<number, string> = {
  400: 'Malformed or invalid',
  401: 'No valid access token, or its session has ended: the same answer for every reason',
  404: "Missing, malformed or somebody else's: the same answer",
  408: 'The body did not arrive in time',
  409: 'Something that you have is in the way, or all that you may have',
  410: 'Too long ago',
  412: 'Not the version that `If-Match` names',
  413: 'Body larger than it may be',
  415: 'Body of another type',
  422: 'The idempotency key was used for another request',
  429: 'Too many requests',
  500: 'A fault on our side',
  503: 'The database, or a provider, did not answer in time',
}

const RATE_LIMIT_FIELDS: Descriptions = {
  'RateLimit-Policy': 'What is allowed: `"<policy>";q=<requests>;w=<seconds>`',
  RateLimit: 'What is left of it: `"<policy>";r=<requests>;t=<seconds until it is whole again>`',
}

const PROBLEM_HEADERS: Record<number, Descriptions> = {
  401: { 'WWW-Authenticate': 'Always `Bearer`' },
  429: { 'Retry-After': 'Seconds to wait', ...RATE_LIMIT_FIELDS },
  503: { 'Retry-After': 'Seconds to wait' },
}

const commonProblems = ({ method, request }: Omit<RouteConfig, 'path'>) => {
  // Bodies are read, and may be refused, also where no operation asks for one.
  const codes: ProblemCode[] = [
    'unauthorized',
    'too_many_requests',
    'internal_error',
    'unavailable',
    ...BODY_PROBLEMS,
  ]
  if (method !== 'get') codes.push('outcome_unknown', 'idempotency_key_reused')
  if (request?.body) codes.push('unsupported_media_type')
  return problems(...codes)
}
