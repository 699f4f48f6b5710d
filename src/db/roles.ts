import { pgRole } from 'drizzle-orm/pg-core'

/** The Worker's data role: user data through row-level security, nothing else. */
export const apiRole = pgRole('edgewise_api').existing()
