import { Hono } from 'hono'
import { connect, firstPage } from './page.ts'

type Env = { Bindings: { DATABASE_URL: string; USER_ID: string } }

let database: ReturnType<typeof connect> | undefined

/** The same SQL through the same driver, for a user who is given: no token, no session, no scope. */
export default new Hono<Env>().get('/v1/tasks', async (c) => {
  database ??= connect(c.env.DATABASE_URL)
  return c.json(await firstPage(database, c.env.USER_ID, Number(c.req.query('limit'))))
})
