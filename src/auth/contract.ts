import { accountOperations } from './account-contract.ts'
import { sessionOperations } from './session-contract.ts'

/** What Edgewise offers of Better Auth, which answers these itself; nothing else below `/api/auth` exists. */
export const authOperations = [...sessionOperations, ...accountOperations] as const
