import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { createEdgewise, type Edgewise } from '../../../client/src/index.ts'
import { fetchAs } from '../auth/fetch-as.ts'
import { useAuth } from '../auth/use-auth.ts'
import { useToasts } from '../ui/toasts.tsx'
import { channelNamed } from './channel.ts'
import { messageOf } from './name-of.ts'
import { openReplica, type Picture, type Replica } from './replica.ts'
import type { Refused } from './sender.ts'
import { storageOf } from './storage.ts'

const ReplicaContext = createContext<{ replica: Replica; edgewise: Edgewise } | undefined>(undefined)

const isWatched = (): boolean => document.visibilityState === 'visible'

/** Opens the signed-in person's replica, and shows what is inside as soon as it is there. */
export const ReplicaProvider = ({ userId, children }: { userId: string; children: ReactNode }) => {
  const [replica, setReplica] = useState<Replica>()
  const current = useRef<Replica>(undefined)
  const { ended } = useAuth()
  const { tell } = useToasts()
  const edgewise = useMemo(
    () =>
      createEdgewise({
        onSignedOut: ended,
        fetch: noticing(fetchAs(userId), () => current.current?.unreachable()),
      }),
    [ended, userId],
  )

  useEffect(() => {
    let isOver = false
    let opened: Replica | undefined
    const onRefused = (refused: Refused) => {
      if (!opened) return
      const text = messageOf(refused, opened.picture)
      whenWatched(() => tell({ text, tone: 'danger' }))
    }
    const open = async () => {
      const next = await openReplica({
        edgewise,
        storage: storageOf(userId),
        channel: channelNamed(`edgewise-${userId}`),
        alone: (task) => navigator.locks.request(`edgewise-${userId}`, task),
        onRefused,
        isOnline: () => navigator.onLine,
        isWatched,
      })
      if (isOver) return next.close()
      opened = next
      current.current = next
      setReplica(next)
      await next.keepUp()
    }
    void open()
    const again = () => {
      if (isWatched()) void opened?.keepUp()
    }
    window.addEventListener('online', again)
    window.addEventListener('offline', again)
    document.addEventListener('visibilitychange', again)
    return () => {
      isOver = true
      window.removeEventListener('online', again)
      window.removeEventListener('offline', again)
      document.removeEventListener('visibilitychange', again)
      void opened?.close()
    }
  }, [userId, edgewise, tell])

  useEffect(() => replica && guarding(replica), [replica])

  const value = useMemo(() => replica && { replica, edgewise }, [replica, edgewise])
  return <ReplicaContext value={value}>{value ? children : null}</ReplicaContext>
}

/** A `fetch` that tells when the network does not bring an answer, before it has been tried often enough to give up. */
const noticing =
  (fetchIt: typeof fetch, onLost: () => void): typeof fetch =>
  async (...request) => {
    try {
      return await fetchIt(...request)
    } catch (error) {
      if (error instanceof TypeError) onLost()
      throw error
    }
  }

/** Now, or as soon as somebody looks: a message that goes by itself must not do so unseen. */
const whenWatched = (act: () => void) => {
  if (isWatched()) return act()
  const check = () => {
    if (!isWatched()) return
    document.removeEventListener('visibilitychange', check)
    act()
  }
  document.addEventListener('visibilitychange', check)
}

/** While something is to be sent: the browser is asked to keep it, and a page that alone has it is not left without a warning. */
const guarding = (replica: Replica) => {
  let isAsked = false
  const ask = () => {
    const { unsent, contact } = replica.picture
    // Not before it matters: some browsers ask the person.
    if (isAsked || unsent === 0 || (contact !== 'offline' && contact !== 'failing')) return
    isAsked = true
    void navigator.storage?.persist?.()
  }
  const warn = (event: BeforeUnloadEvent) => {
    const { unsent, setAside, isKept } = replica.picture
    if (unsent + setAside.length > 0 && !isKept) event.preventDefault()
  }
  const end = replica.subscribe(ask)
  window.addEventListener('beforeunload', warn)
  return () => {
    end()
    window.removeEventListener('beforeunload', warn)
  }
}

const useContextOfReplica = () => {
  const context = use(ReplicaContext)
  if (!context) throw new Error('there is no replica here')
  return context
}

export const useReplica = (): Replica => useContextOfReplica().replica

/** For what is asked of the server itself: what words mean, pages of history. */
export const useEdgewise = (): Edgewise => useContextOfReplica().edgewise

/** What the person sees now; the component is drawn again whenever that changes. */
export const usePicture = (): Picture => {
  const replica = useReplica()
  return useSyncExternalStore(replica.subscribe, () => replica.picture)
}
