import { IfNoneMatch, isCurrent } from '../http/conditional.ts'
import { dataRoute, empty, json, problems } from '../http/contract.ts'
import { problem } from '../http/problem.ts'
import { createRouter } from '../http/router.ts'
import { Me } from './contract.ts'
import { profileOf } from './repository.ts'

const TAGGED = { ETag: "The profile's entity tag" }

const getMe = dataRoute({
  operationId: 'getMe',
  summary: 'Read your own profile',
  tags: ['Me'],
  method: 'get',
  path: '/',
  request: { headers: IfNoneMatch },
  responses: {
    200: json(Me, 'Your profile', TAGGED),
    304: empty('The copy that `If-None-Match` names is current', TAGGED),
    ...problems('not_found'),
  },
})

export const meRoutes = createRouter().openapi(getMe, async (c) => {
  const profile = await profileOf(c.var.scope).find()
  if (!profile) throw problem('not_found')
  const {
    id,
    name,
    email,
    email_verified: emailVerified,
    created_at: createdAt,
    updated_at: updatedAt,
  } = profile
  const etag = `"${Date.parse(updatedAt)}"`
  c.header('ETag', etag)
  if (isCurrent(c.req.valid('header')['if-none-match'], etag)) return c.body(null, 304)
  return c.json({ id, name, email, emailVerified, createdAt, updatedAt }, 200)
})
