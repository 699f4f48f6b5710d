import { sql } from 'drizzle-orm'
import * as z from 'zod'
import { toRfc3339 } from '../db/instant.ts'
import type { UserScope } from '../db/user-scope.ts'

const ProfileRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  created_at: z.string().transform(toRfc3339),
  updated_at: z.string().transform(toRfc3339),
})

/** The user's own profile: the database gives the principal's, whoever is asked for. */
export const profileOf = (scope: UserScope) => ({
  find: async () => (await scope.rawRead(() => sql`select * from edgewise.my_profile()`, ProfileRow))[0],
})
