import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { OwnSession } from '../../../client/src/index.ts'
import { explain } from '../auth/failure.ts'
import { LoadingLines, QueryFailure } from '../queries/query-states.tsx'
import { useEdgewise } from '../replica/provider.tsx'
import { Button } from '../ui/button.tsx'
import { agoFrom } from '../ui/relative-time.ts'
import { useToasts } from '../ui/toasts.tsx'
import { Section } from './section.tsx'

const KEY = ['sessions']

/** Where the person is signed in, this device first. */
export const Sessions = () => {
  const edgewise = useEdgewise()
  const query = useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => {
      const sessions: OwnSession[] = []
      for await (const session of edgewise.sessions.all({ limit: '100' }, { signal })) sessions.push(session)
      return sessions.toSorted((a, b) => Number(b.current) - Number(a.current))
    },
  })
  const endOthers = useEnding(() => edgewise.sessions.endOthers(), 'You are signed out everywhere else.')
  const others = query.data?.filter(({ current }) => !current) ?? []

  return (
    <Section title="Where you are signed in">
      {query.isPending ? (
        <LoadingLines />
      ) : query.data ? (
        <ul className="border-t border-line/70">
          {query.data.map((session) => (
            <SessionRow key={session.id} session={session} />
          ))}
        </ul>
      ) : (
        <QueryFailure error={query.error} retry={query.refetch} />
      )}
      {others.length > 1 && (
        <Button className="mt-4" isBusy={endOthers.isPending} onClick={() => endOthers.mutate()}>
          Sign out everywhere else
        </Button>
      )}
    </Section>
  )
}

const SessionRow = ({ session }: { session: OwnSession }) => {
  const { id, current, device, ipAddress, createdAt, lastUsedAt } = session
  const edgewise = useEdgewise()
  const name = nameOf(device)
  const end = useEnding(() => edgewise.sessions.end(id), `${name} is signed out.`)
  return (
    <li className="flex items-center gap-3 border-b border-line/70 py-2.5">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="break-words">{name}</span>
          {current && (
            <span className="rounded-full bg-accent-soft px-2 py-0.5 text-xs font-medium">This device</span>
          )}
        </p>
        <p className="text-sm text-muted">
          {current ? 'In use now' : `Last used ${agoFrom(lastUsedAt)}`} · since{' '}
          <time dateTime={createdAt}>{dayOf.format(new Date(createdAt))}</time>
          {ipAddress && <span className="break-all"> · {ipAddress}</span>}
        </p>
      </div>
      {!current && (
        <Button kind="quiet" className="shrink-0 text-sm" isBusy={end.isPending} onClick={() => end.mutate()}>
          Sign out<span className="sr-only"> {name}</span>
        </Button>
      )}
    </li>
  )
}

const dayOf = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

const nameOf = (device: OwnSession['device']): string =>
  [device?.browser, device?.os].filter(Boolean).join(' on ') || 'A device that did not say its name'

const useEnding = (end: () => Promise<void>, said: string) => {
  const queries = useQueryClient()
  const { tell } = useToasts()
  return useMutation({
    mutationFn: end,
    onSuccess: () => tell({ text: said }),
    onError: (error) => tell({ text: `Not signed out. ${explain(error).message}`, tone: 'danger' }),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  })
}
