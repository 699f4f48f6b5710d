import { and, eq, sql } from 'drizzle-orm'
import { completions } from '../db/schema.ts'
import type { UserScope } from '../db/user-scope.ts'

export type CompletionRow = typeof completions.$inferSelect

interface PageQuery {
  task: string | undefined
  after: readonly [completedAt: string, id: string] | undefined
  limit: number
}

/** What one user has completed, and when. */
export const completionsOf = (scope: UserScope) => ({
  /** The latest first. */
  page: ({ task, after, limit }: PageQuery) =>
    scope.select(completions, {
      where: and(
        task === undefined ? undefined : eq(completions.taskId, task),
        after &&
          sql`(${completions.completedAt}, ${completions.id}) < (${after[0]}::timestamptz, ${after[1]}::uuid)`,
      ),
      orderBy: sql`${completions.completedAt} desc, ${completions.id} desc`,
      limit,
    }),
})
