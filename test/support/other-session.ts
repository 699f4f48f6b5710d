import { v7 as uuidv7 } from 'uuid'
import { sql } from './database.ts'

/** A further session of that person's, as signing in elsewhere makes it, without hashing a password. Returns its id. */
export const addSession = async (person: { id: string }, userAgent = ''): Promise<string> => {
  const id = uuidv7()
  await sql(
    `insert into sessions (id, user_id, token, user_agent, ip_address, expires_at)
     values ($1, $2, $3, $4, '', now() + interval '7 days')`,
    [id, person.id, `token-of-${id}`, userAgent],
  )
  return id
}
