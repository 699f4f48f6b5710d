import { ACCOUNTS } from './list/accounts.ts'
import { DATABASE } from './list/database.ts'
import { EXPORTS } from './list/exports.ts'
import { FORMATS } from './list/formats.ts'
import { HTTP } from './list/http.ts'
import { LIMITS } from './list/limits.ts'
import { MODEL } from './list/model.ts'
import { PROVIDERS } from './list/providers.ts'
import { QUICK_ADD } from './list/quick.ts'
import { RECURRING } from './list/recurrence.ts'
import { REPEATS } from './list/repeats.ts'
import { SCOPE } from './list/scope.ts'
import { SESSIONS } from './list/sessions.ts'
import { TASKS } from './list/tasks.ts'
import { THINGS } from './list/things.ts'
import { TOKENS } from './list/tokens.ts'
import { TRANSFER } from './list/transfer.ts'
import { UPKEEP } from './list/upkeep.ts'
import { WRITES } from './list/writes.ts'
import type { Mutant } from './mutant.ts'

/** All that guards something here, taken away or turned round: one at a time, each must turn a test red. */
export const MUTANTS: readonly Mutant[] = [
  ...SCOPE,
  ...DATABASE,
  ...TOKENS,
  ...ACCOUNTS,
  ...PROVIDERS,
  ...SESSIONS,
  ...LIMITS,
  ...REPEATS,
  ...WRITES,
  ...HTTP,
  ...TASKS,
  ...MODEL,
  ...UPKEEP,
  ...TRANSFER,
  ...FORMATS,
  ...EXPORTS,
  ...RECURRING,
  ...QUICK_ADD,
  ...THINGS,
]
