import { createContext, type ReactNode, use, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { createEdgewise, type Edgewise } from '../../../client/src/index.ts'
import { fetchAs } from '../auth/fetch-as.ts'
import { useAuth } from '../auth/use-auth.ts'
import { useToasts } from '../ui/toasts.tsx'
import { nameOfOperations } from './name-of.ts'
import { openReplica, type Picture, type Replica } from './replica.ts'
import { storageOf } from './storage.ts'

const ReplicaContext = createContext<{ replica: Replica; edgewise: Edgewise } | undefined>(undefined)

/** Opens the signed-in person's replica, and shows what is inside as soon as it is there. */
export const ReplicaProvider = ({ userId, children }: { userId: string; children: ReactNode }) => {
  const [replica, setReplica] = useState<Replica>()
  const { ended } = useAuth()
  const { tell } = useToasts()
  const edgewise = useMemo(
    () => createEdgewise({ onSignedOut: ended, fetch: fetchAs(userId) }),
    [ended, userId],
  )

  useEffect(() => {
    let isOver = false
    let opened: Replica | undefined
    const open = async () => {
      const next = await openReplica({
        edgewise,
        storage: storageOf(userId),
        channel: new BroadcastChannel(`edgewise-${userId}`),
        alone: (task) => navigator.locks.request(`edgewise-${userId}`, task),
        onRefused: ({ operations, error }) => {
          const [first] = error.errors
          const reason = first ? `${first.path.split('.').at(-1)} ${first.message}` : error.message
          tell({ text: `Not saved: ${nameOfOperations(operations)}. ${reason}`, tone: 'danger' })
        },
      })
      if (isOver) return next.close()
      opened = next
      setReplica(next)
      await next.keepUp()
    }
    void open()
    const again = () => {
      if (document.visibilityState === 'visible') void opened?.keepUp()
    }
    window.addEventListener('online', again)
    document.addEventListener('visibilitychange', again)
    return () => {
      isOver = true
      window.removeEventListener('online', again)
      document.removeEventListener('visibilitychange', again)
      void opened?.close()
    }
  }, [userId, edgewise, tell])

  const value = useMemo(() => replica && { replica, edgewise }, [replica, edgewise])
  return <ReplicaContext value={value}>{value ? children : null}</ReplicaContext>
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
