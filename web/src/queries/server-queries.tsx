import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Edgewise, EdgewiseError } from '../../../client/src/index.ts'
import { useEdgewise } from '../replica/provider.tsx'

/** One for each person: it goes with their client, and nobody sees what another one asked. */
const clients = new WeakMap<Edgewise, QueryClient>()

const clientFor = (edgewise: Edgewise): QueryClient => {
  const known = clients.get(edgewise)
  if (known) return known
  // The client has repeated what may be repeated already. Offline it says so at once, instead of waiting without a word.
  const always = { retry: false, networkMode: 'always' } as const
  const client = new QueryClient({ defaultOptions: { queries: always, mutations: always } })
  clients.set(edgewise, client)
  return client
}

/** For pages of what the server keeps and the replica does not. */
export const ServerQueries = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={clientFor(useEdgewise())}>{children}</QueryClientProvider>
)

/** What to tell of a query that failed. */
export const wordsOf = (error: Error): string =>
  error instanceof EdgewiseError && error.status === 0 && !navigator.onLine
    ? 'You are offline. This page needs the server.'
    : 'The server could not be reached.'
