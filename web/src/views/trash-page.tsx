import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Trashed } from '../../../client/src/index.ts'
import { LoadingLines, MorePages, QueryFailure } from '../queries/query-states.tsx'
import { ServerQueries } from '../queries/server-queries.tsx'
import { useWhenSent } from '../queries/use-when-sent.ts'
import { useEdgewise } from '../replica/provider.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { useToasts } from '../ui/toasts.tsx'
import { TrashRow } from './trash-row.tsx'

const KEY = ['trash']

const TrashPage = () => (
  <ServerQueries>
    <Trash />
  </ServerQueries>
)

export default TrashPage

const Trash = () => {
  const edgewise = useEdgewise()
  const queries = useQueryClient()
  const query = useInfiniteQuery({
    queryKey: KEY,
    queryFn: ({ pageParam, signal }) =>
      edgewise.trash.page({ ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  const refetch = () => queries.invalidateQueries({ queryKey: KEY })
  useWhenSent(refetch)
  const things = query.data?.pages.flatMap(({ items }) => items) ?? []

  return (
    <>
      <PageHeader
        title="Trash"
        note={things.length > 0 && 'What is here goes for good 30 days after it was deleted.'}
      >
        {things.length > 0 && <EmptyTrash onEmptied={refetch} />}
      </PageHeader>
      {query.isPending ? (
        <LoadingLines />
      ) : query.error && !query.data ? (
        <QueryFailure error={query.error} retry={query.refetch} />
      ) : (
        <Things things={things} onGone={refetch} />
      )}
      <MorePages query={query} />
    </>
  )
}

const Things = ({ things, onGone }: { things: Trashed[]; onGone: () => Promise<void> }) => {
  if (things.length === 0) {
    return (
      <div className="mt-16 text-center">
        <p className="text-lg font-medium">The trash is empty</p>
        <p className="mx-auto mt-1 max-w-sm text-muted">
          Tasks, lists and labels that you delete can be taken back from here for 30 days.
        </p>
      </div>
    )
  }
  return (
    <ul className="border-t border-line/70">
      {things.map((thing) => (
        <TrashRow key={thing.id} thing={thing} onGone={onGone} />
      ))}
    </ul>
  )
}

const EmptyTrash = ({ onEmptied }: { onEmptied: () => Promise<void> }) => {
  const edgewise = useEdgewise()
  const { tell } = useToasts()
  const [isAsked, setAsked] = useState(false)
  const empty = async () => {
    try {
      let more = true
      while (more) more = (await edgewise.trash.empty()).more
      tell({ text: 'The trash is empty.' })
    } finally {
      await onEmptied()
    }
  }
  return (
    <>
      <Button onClick={() => setAsked(true)}>Empty the trash</Button>
      {isAsked && (
        <ConfirmDialog
          title="Empty the trash?"
          action="Delete everything for good"
          onConfirm={empty}
          onClose={() => setAsked(false)}
        >
          Everything in it is deleted for good, at once. It cannot be taken back.
        </ConfirmDialog>
      )}
    </>
  )
}
