import { createEdgewise, EdgewiseError } from '../../client/src/index.ts'
import { memoryStorage } from '../../web/src/replica/memory-storage.ts'
import type { Operation } from '../../web/src/replica/operation.ts'
import type { Storage } from '../../web/src/replica/outbox.ts'
import { type Channel, type Message, openReplica } from '../../web/src/replica/replica.ts'
import type { Refused } from '../../web/src/replica/sender.ts'
import { network } from './network.ts'
import { env } from './worker.ts'

/** What becomes of a write on its way: it never arrives, its answer is lost, or it is answered like this. */
type Mishap = 'never arrives' | 'answer lost' | EdgewiseError | undefined

interface TabOptions {
  storage?: Storage
  isOnline?: () => boolean
  isWatched?: () => boolean
  now?: () => number
}

/** A browser of one person's, with tabs that share what it keeps, its locks and its channels. */
export const device = ({ sessionToken }: { sessionToken: string }) => {
  const line = network()
  const kept: Storage = { ...memoryStorage(), isKept: true }
  const tabs = new Set<(message: Message) => void>()
  let isDeaf = false
  let turn: Promise<unknown> = Promise.resolve()
  const sent: (readonly Operation[])[] = []
  const mishaps: Mishap[] = []
  let failsOn = (_: readonly Operation[]): boolean => false
  const closing: (() => Promise<void>)[] = []

  const channel = (): Channel => {
    let listen = (_: Message) => {}
    const own = (message: Message) => listen(message)
    tabs.add(own)
    return {
      hear: (listener) => {
        listen = listener
      },
      post: (message) => {
        if (isDeaf) return
        for (const each of tabs) if (each !== own) setTimeout(each, 0, message)
      },
      close: () => {
        tabs.delete(own)
      },
    }
  }

  const alone = (task: () => Promise<void>): Promise<void> => {
    const mine = turn.catch(() => {}).then(task)
    turn = mine.catch(() => {})
    return mine
  }

  return {
    line,
    kept,
    /** The operations of each write that was sent, in that order. */
    sent,
    /** What becomes of the next writes, one after the other. */
    next: (...coming: Mishap[]) => {
      mishaps.push(...coming)
    },
    /** From now on the server fails to make such writes. */
    failOn: (isSuch: (operations: readonly Operation[]) => boolean) => {
      failsOn = isSuch
    },
    /** From now on tabs do not hear of each other. */
    deafen: () => {
      isDeaf = true
    },
    openTab: async ({ storage = kept, ...options }: TabOptions = {}) => {
      const edgewise = createEdgewise({ baseUrl: env.BASE_URL, sessionToken, fetch: line.fetch })
      const refused: Refused[] = []
      const onItsWay = async <T>(
        operations: readonly Operation[],
        carryOut: () => Promise<T>,
        note = () => {},
      ): Promise<T> => {
        const mishap = mishaps.shift()
        if (mishap === 'never arrives') throw lost()
        if (mishap instanceof EdgewiseError) throw mishap
        if (failsOn(operations)) throw new EdgewiseError('internal_error', 'Ours', { status: 500 })
        note()
        const answer = await carryOut()
        if (mishap === 'answer lost') throw lost()
        return answer
      }
      const replica = await openReplica({
        edgewise: {
          changes: edgewise.changes,
          batch: (operations, write) =>
            onItsWay(
              operations,
              () => edgewise.batch(operations, write),
              () => sent.push(operations),
            ),
          trash: { restore: (id, write) => onItsWay([], () => edgewise.trash.restore(id, write)) },
        },
        storage,
        channel: channel(),
        alone,
        onRefused: (each) => refused.push(each),
        ...options,
      })
      closing.push(replica.close)
      const titles = () =>
        [...replica.picture.tasks.values()]
          .filter(({ completedAt }) => !completedAt)
          .map(({ title }) => title)
      return { ...replica, edgewise, refused, titles, picture: () => replica.picture }
    },
    closeAll: () => Promise.all(closing.map((close) => close())),
  }
}

const lost = () => new EdgewiseError('network_error', 'The server cannot be reached')
