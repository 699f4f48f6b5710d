import { createAuthClient } from 'better-auth/react'

/** Better Auth's own client, at the address that the page is from. */
export const authClient = createAuthClient()
