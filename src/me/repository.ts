import { sql } from 'drizzle-orm'
import * as z from 'zod'
import type { UserScope } from '../db/user-scope.ts'

const ProfileRow = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  created_at: z.string().transform((text) => new Date(text)),
  updated_at: z.string().transform((text) => new Date(text)),
})

/** The user's own profile: the database gives the principal's, whoever is asked for. */
export const profileOf = (scope: UserScope) => ({
  find: async () => (await scope.raw('read', sql`select * from edgewise.my_profile()`, ProfileRow))[0],
})
