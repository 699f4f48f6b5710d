import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './context.ts'

const TAGS = [
  { name: 'Tasks', description: "One user's tasks: nobody else's can be reached, or told from absent ones." },
  { name: 'Lists', description: 'Where tasks are. A task in no list is in the inbox.' },
  { name: 'Labels', description: 'What tasks have in common.' },
  { name: 'Trash', description: 'What was deleted, for thirty days.' },
  { name: 'Sync', description: 'For clients that keep a copy.' },
  { name: 'Batch', description: 'Many changes in one.' },
  { name: 'Export and import', description: 'Everything, as a file and back.' },
  { name: 'Me', description: 'Who you are.' },
  { name: 'Sign-in', description: 'Accounts, sessions and access tokens, by Better Auth.' },
  { name: 'Health', description: 'For monitors.' },
]

const DESCRIPTION = `A task API that belongs, row by row, to its user.

**To try it** on this page, sign in above: what you send then carries your access token. Elsewhere: create an
account, sign in, get a token, and send it as \`Authorization: Bearer …\` to \`/v1\`. Errors of \`/v1\` are problem details (RFC 9457); branch on \`code\`.`

/** Serves the contract as OpenAPI 3.1, made once for the isolate from the routes themselves. */
export const serveOpenApi = (app: OpenAPIHono<AppEnv>, baseUrl: string) => {
  app.openAPIRegistry.registerComponent('securitySchemes', 'accessToken', {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'From `getToken`; lives for 15 minutes or until its session ends',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'sessionToken', {
    type: 'http',
    scheme: 'bearer',
    description: 'From `signInWithEmail`; names the session itself',
  })
  app.openAPIRegistry.registerComponent('securitySchemes', 'sessionCookie', {
    type: 'apiKey',
    in: 'cookie',
    name: baseUrl.startsWith('https:') ? '__Secure-better-auth.session_token' : 'better-auth.session_token',
  })

  let document: string | undefined
  app.get('/openapi.json', (c) => {
    document ??= JSON.stringify(
      app.getOpenAPI31Document({
        openapi: '3.1.0',
        info: { title: 'Edgewise', version: '1', description: DESCRIPTION },
        servers: [{ url: baseUrl }],
        security: [{ accessToken: [] }],
        tags: TAGS,
      }),
    )
    return c.body(document, 200, { 'Content-Type': 'application/json' })
  })
}
