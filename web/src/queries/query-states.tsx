import { useEffect, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { wordsOf } from './server-queries.tsx'

/** Where a list will be: lines as long as those that come, so that nothing jumps. */
export const LoadingLines = () => (
  <div role="status" className="grid gap-5 pt-3">
    <span className="sr-only">Loading …</span>
    {[60, 45, 70, 30].map((width) => (
      <span key={width} className="h-4 rounded-sm bg-line/60" style={{ width: `${width}%` }} />
    ))}
  </div>
)

/** What failed, and the way to try it again. */
export const QueryFailure = ({ error, retry }: { error: Error; retry: () => void }) => (
  <div role="alert" className="flex flex-wrap items-center gap-3 py-4 text-muted">
    <span>{wordsOf(error)}</span>
    <Button onClick={retry}>Try again</Button>
  </div>
)

interface MorePagesProps {
  query: {
    hasNextPage: boolean
    isFetchingNextPage: boolean
    isFetchNextPageError: boolean
    error: Error | null
    fetchNextPage: () => Promise<unknown>
  }
}

/** Fetches the next page as its end comes into sight; by a button where that does not happen, or has failed. */
export const MorePages = ({ query }: MorePagesProps) => {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = query
  const end = useRef<HTMLDivElement>(null)
  const isWaiting = hasNextPage && !isFetchingNextPage && !isFetchNextPageError
  useEffect(() => {
    if (!isWaiting || !end.current) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void fetchNextPage()
      },
      { rootMargin: '400px' },
    )
    observer.observe(end.current)
    return () => observer.disconnect()
  }, [isWaiting, fetchNextPage])

  if (!hasNextPage) return null
  return (
    <div ref={end} className="flex justify-center py-6">
      {isFetchNextPageError && error ? (
        <QueryFailure error={error} retry={fetchNextPage} />
      ) : (
        <Button isBusy={isFetchingNextPage} onClick={() => fetchNextPage()}>
          {isFetchingNextPage ? 'Loading …' : 'Show more'}
        </Button>
      )}
    </div>
  )
}
