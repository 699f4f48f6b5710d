import { EdgewiseError, type StoreState } from '../../../client/src/index.ts'
import { titleOf } from './name-of.ts'
import type { Operation } from './operation.ts'
import type { Pending, Queued } from './outbox.ts'
import { isRefusal, verdictOn } from './refusal.ts'
import { dependents, typedIn } from './set-aside.ts'

/** What the server would not do, and has been taken back. */
export interface Refused {
  operations: readonly Operation[]
  /** The one field that was left out, where all else was done. */
  without?: string
  reason: string
}

interface Options {
  /** Writes that are to be sent, in their order. */
  waiting: () => Promise<Queued[]>
  carryOut: (queued: Queued) => Promise<void>
  /** Keeps it as it is now, and what was split off. */
  keep: (queued: Queued, split?: readonly Pending[]) => Promise<void>
  drop: (queued: Queued) => Promise<void>
  stateNow: () => StoreState
  onMade: () => void
  onRefused: (refused: Refused) => void
  now: () => number
}

/** A write that fails at least that often, and that long, is passed by others. */
const FAILED_TIMES = 5
const FAILED_FOR_MS = 3 * 60_000

const NOT_DONE = 'the server fails whenever it is asked for this'

type Outcome = 'made' | 'refused' | EdgewiseError

/** Sends writes, each once, and gives up as little as can be of what is refused or fails for good. */
export const sender = ({ waiting, carryOut, keep, drop, stateNow, onMade, onRefused, now }: Options) => {
  /**
   * Sends what waits, in its order, until nothing does but what the server fails to make; yields that failure. What has failed for
   * minutes is passed by those that do not depend on it: if one of them is made and it fails again, it is set aside.
   */
  const send = async (): Promise<EdgewiseError | undefined> => {
    let held: { write: Queued; failure: EdgewiseError }[] = []
    const sendable = async () => {
      const all = await waiting()
      const writes = held.map(({ write }) => write)
      const kept = new Set([...writes, ...dependents(writes, all)].map(({ order }) => order))
      return all.filter(({ order }) => !kept.has(order))
    }
    for (let next = await sendable(); next.length > 0; next = await sendable()) {
      for (const write of next) {
        const outcome = await attempt(write)
        if (outcome === 'made' && held.length > 0) {
          for (const each of held) await lastAttempt(each.write)
          held = []
        }
        if (!(outcome instanceof EdgewiseError)) continue
        const failing = await noteFailure(write)
        if (!isLasting(failing)) return outcome
        held.push({ write: failing, failure: outcome })
        // Who depends on it is not known of the others here.
        break
      }
    }
    return held[0]?.failure
  }

  /** Throws where the server has not said anything of the write itself. */
  const attempt = async (write: Queued): Promise<Outcome> => {
    try {
      await carryOut(write)
      onMade()
      await keep({ ...write, isMade: true })
      return 'made'
    } catch (error) {
      if (isRefusal(error)) return takeBack(write, error)
      if (isFailure(error)) return error
      throw error
    }
  }

  /** Gives up what cannot be made, and sends the rest: a refusal has not used its key. */
  const takeBack = async (write: Queued, error: EdgewiseError): Promise<Outcome> => {
    if (error.code === 'idempotency_key_reused') {
      const other = { ...write, key: crypto.randomUUID() }
      await keep(other)
      return attempt(other)
    }
    const verdict = verdictOn(write.operations, error, stateNow())
    if (verdict === 'made') {
      await keep({ ...write, isMade: true })
      return 'made'
    }
    const { rest, refused: operations, without } = verdict
    const reason = reasonOf(error)
    const aside = asideOf({ ...write, operations: typedIn(operations, without) }, reason)
    const lesser = { ...write, operations: rest }
    if (rest.length > 0) await keep(lesser, aside.map(asNew))
    else if (aside[0]) await keep(aside[0])
    else await drop(write)
    if (operations.length > 0) onRefused({ operations, reason, ...(without !== undefined && { without }) })
    return rest.length > 0 ? attempt(lesser) : 'refused'
  }

  const noteFailure = async (write: Queued): Promise<Queued> => {
    const { since, times } = write.failing ?? { since: new Date(now()).toISOString(), times: 0 }
    const failing = { ...write, failing: { since, times: times + 1 } }
    await keep(failing)
    return failing
  }

  const isLasting = ({ failing }: Queued): boolean =>
    failing !== undefined &&
    failing.times >= FAILED_TIMES &&
    now() - Date.parse(failing.since) >= FAILED_FOR_MS

  /** The server makes others by now. If it still fails to make this one, that is for the person to see. */
  const lastAttempt = async (write: Queued): Promise<void> => {
    if (!((await attempt(write)) instanceof EdgewiseError)) return
    const all = [write, ...dependents([write], await waiting())]
    for (const each of all.flatMap((one) => asideOf(one, NOT_DONE))) await keep(each)
    onRefused({ operations: all.flatMap(({ operations }) => operations), reason: NOT_DONE })
  }

  const asideOf = (write: Queued, reason: string): Queued[] => {
    const [first] = write.operations
    return first ? [{ ...write, setAside: { title: titleOf(first, stateNow()), reason } }] : []
  }

  return send
}

const asNew = ({ order, ...pending }: Queued): Pending => ({ ...pending, key: crypto.randomUUID() })

/** Whether the server itself says that it has failed: it can be reached, and somebody else's answer says nothing of it. */
const isFailure = (error: unknown): error is EdgewiseError =>
  error instanceof EdgewiseError && error.status >= 500 && error.code !== 'unexpected_answer'

/** With the field that it is about, or of the operation as a whole. */
const reasonOf = ({ code, errors: [first], message }: EdgewiseError): string => {
  const about = first?.path.split('.').at(-1) ?? ''
  if (!first) return message
  if (!/^\d+$/.test(about)) return `${about} ${first.message}`
  return code === 'not_found' ? 'it is no longer there' : `it ${first.message}`
}
