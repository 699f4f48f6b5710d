import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import { Hono } from 'hono'
import { sessions, users } from '../../src/db/auth-schema.ts'
import { connect, firstPage } from './page.ts'

type Env = { Bindings: { DATABASE_URL: string } }

let database: ReturnType<typeof connect> | undefined

/**
 * The common design: the session is looked up by its opaque token, then the data are filtered by its user.
 * Kinder than most: one joined query, and no cookie signature to check.
 */
export default new Hono<Env>().get('/v1/tasks', async (c) => {
  database ??= connect(c.env.DATABASE_URL)
  const [scheme, token] = c.req.header('authorization')?.split(' ') ?? []
  if (scheme !== 'Bearer' || token === undefined) return c.json({ error: 'unauthorized' }, 401)

  const [session] = await database
    .select()
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.token, token), gt(sessions.expiresAt, sql`now()`), isNull(users.disabledAt)))
    .limit(1)
  if (!session) return c.json({ error: 'unauthorized' }, 401)
  return c.json(await firstPage(database, session.users.id, Number(c.req.query('limit'))))
})
