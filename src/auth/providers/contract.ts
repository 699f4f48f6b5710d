import { createRoute, type RouteConfig, z } from '@hono/zod-openapi'
import { empty, json, jsonBody, problems } from '../../http/contract.ts'
import { bodyFaults, faults, refused, unfit } from '../shapes.ts'
import { LANDING_ERRORS } from './landing.ts'
import type { ProviderId, ProviderSettings } from './settings.ts'

const tags = ['Sign-in']
const anyone: [] = []
const noQuery = z.strictObject({})
const MAX_LANDING_LENGTH = 2_000

const SITE = 'https://edgewise.invalid'

/** What a browser reads just as it stands, below whatever site: no `//`, backslash or dot segment stays the same. */
const isOwnPath = (value: string): boolean =>
  URL.parse(value, SITE)?.href === `${SITE}${value}` && !/^[^?#]*%(2f|5c)/i.test(value)

const landingPath = z
  .string()
  .max(MAX_LANDING_LENGTH)
  .refine(isOwnPath, 'must be a path of this site, such as /inbox')

const Provider = (ids: ProviderId[]) => z.enum(ids).openapi({ example: ids[0] ?? 'oidc' })

/** For the page that shows the buttons; it is there whether or not any provider is on. */
export const listProviders = createRoute({
  operationId: 'listProviders',
  summary: 'List the providers that people can sign in with',
  tags,
  method: 'get',
  path: '/providers',
  security: anyone,
  request: { query: noQuery },
  responses: {
    200: json(
      z.object({
        providers: z.array(
          z.object({
            id: z.string().openapi({ example: 'oidc' }),
            name: z.string().openapi({ example: 'Example' }),
          }),
        ),
      }),
      'Those that this deployment has set up',
    ),
    ...faults,
    ...problems('invalid_request'),
  },
})

/** What the deployment offers with its providers: nothing, where there are none. */
export const providerOperations = (providers: ProviderSettings[]): RouteConfig[] => {
  const ids = providers.map(({ id }) => id)
  if (ids.length === 0) return []
  return [beginSignIn(ids), callback(ids)]
}

const beginSignIn = (ids: ProviderId[]) =>
  createRoute({
    operationId: 'signInWithProvider',
    summary: 'Begin to sign in with a provider',
    description:
      'Go to `url` in the same browser, which keeps the cookie that binds the sign-in to it. It ends at `callbackURL` with a session, or at `errorCallbackURL` (`/sign-in` by default) with `?error=`.',
    tags,
    method: 'post',
    path: '/sign-in/social',
    security: anyone,
    request: {
      query: noQuery,
      body: jsonBody(
        z.strictObject({
          provider: Provider(ids),
          callbackURL: landingPath.default('/').openapi({ example: '/inbox' }),
          errorCallbackURL: landingPath.optional().openapi({ example: '/sign-in' }),
          disableRedirect: z.boolean().optional(),
        }),
      ),
    },
    responses: {
      200: json(
        z.object({
          url: z.url().openapi({ example: 'https://provider.example/authorize?state=Zk3vX0cJqf0cN2b6' }),
          redirect: z
            .boolean()
            .openapi({ description: 'Whether a client should go there now: not with `disableRedirect`' }),
        }),
        'Where to go on',
        { 'Set-Cookie': 'Binds the sign-in to this browser' },
      ),
      400: unfit('Malformed, or a page of another site'),
      403: refused('A browser on another origin'),
      ...bodyFaults,
      ...faults,
      ...problems('unavailable', 'outcome_unknown', 'provider_unavailable'),
    },
  })

const ERRORS = Object.entries(LANDING_ERRORS)
  .map(([code, meaning]) => `\`${code}\` (${meaning})`)
  .join(', ')

const callback = (ids: ProviderId[]) => {
  const parameter = z.string().max(4096).optional()
  return createRoute({
    operationId: 'finishSignInWithProvider',
    summary: 'Come back from a provider; browsers are sent here, nobody calls it',
    description: `Redirects to the \`callbackURL\` with a session, or to the \`errorCallbackURL\` with \`?error=\`: ${ERRORS}.`,
    tags,
    method: 'get',
    path: '/callback/{id}',
    security: anyone,
    request: {
      params: z.object({ id: Provider(ids).openapi({ param: { name: 'id', in: 'path' } }) }),
      // The provider may add what it likes.
      query: z.object({ code: parameter, state: parameter, iss: parameter, error: parameter }),
    },
    responses: {
      302: empty('To a page of this site', { Location: 'The page', 'Set-Cookie': 'The session cookie' }),
      400: unfit('A parameter stands twice, or is too long'),
      ...faults,
      ...problems('not_found'),
    },
  })
}
