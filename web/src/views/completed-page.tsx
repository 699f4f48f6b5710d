import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { Completion } from '../../../client/src/index.ts'
import { LoadingLines, MorePages, QueryFailure } from '../queries/query-states.tsx'
import { ServerQueries } from '../queries/server-queries.tsx'
import { useWhenSent } from '../queries/use-when-sent.ts'
import { useEdgewise, usePicture } from '../replica/provider.tsx'
import { nameOfDay, today } from '../tasks/due.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { CompletionRow } from './completion-row.tsx'

const KEY = ['completions']

const CompletedPage = () => (
  <ServerQueries>
    <PageHeader title="Completed" />
    <History />
  </ServerQueries>
)

export default CompletedPage

const History = () => {
  const edgewise = useEdgewise()
  const queries = useQueryClient()
  const query = useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) =>
      edgewise.completions.page({ ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  useWhenSent(() => queries.invalidateQueries({ queryKey: KEY }))

  if (query.isPending) return <LoadingLines />
  if (!query.data) return query.error && <QueryFailure error={query.error} retry={query.refetch} />
  const completions = query.data.pages.flatMap(({ items }) => items)
  if (completions.length === 0) return <Nothing />
  return (
    <>
      <Days completions={completions} />
      <MorePages query={query} />
    </>
  )
}

const Nothing = () => (
  <div className="mt-16 text-center">
    <p className="text-lg font-medium">Nothing completed yet</p>
    <p className="mx-auto mt-1 max-w-sm text-muted">
      What you complete is kept here, day by day: of tasks that repeat, every time.
    </p>
  </div>
)

const Days = ({ completions }: { completions: Completion[] }) => {
  const { tasks } = usePicture()
  const byDay = Map.groupBy(completions, ({ completedAt }) => today(new Date(completedAt)))
  // A task can be opened again where it stands in its latest completion.
  const latest = new Set(
    [...Map.groupBy(completions, ({ taskId }) => taskId).values()].map(([first]) => first),
  )
  return [...byDay].map(([day, ofDay]) => (
    <section key={day} aria-labelledby={`day-${day}`} className="mt-6 first-of-type:mt-2">
      <h2 id={`day-${day}`} className="flex items-baseline gap-2 border-b border-line pb-1.5 font-semibold">
        {nameOfDay(day)}
        <span className="text-sm font-normal text-muted tabular-nums">
          {ofDay.length}
          <span className="sr-only"> completed</span>
        </span>
      </h2>
      <ul>
        {ofDay.map((completion) => (
          <CompletionRow
            key={completion.id}
            completion={completion}
            task={latest.has(completion) ? tasks.get(completion.taskId) : undefined}
          />
        ))}
      </ul>
    </section>
  ))
}
