/**
 * Lets `capacity` callers in at a time, first come first served. `enter` throws the signal's reason for
 * a caller that left before its turn; every other caller must `leave`.
 */
export const gate = (capacity: number) => {
  let free = capacity
  const waiting = new Set<() => void>()

  const enter = async (signal: AbortSignal) => {
    signal.throwIfAborted()
    if (free > 0) {
      free -= 1
      return
    }
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => {
        waiting.delete(letIn)
        reject(signal.reason)
      }
      const letIn = () => {
        signal.removeEventListener('abort', giveUp)
        resolve()
      }
      waiting.add(letIn)
      signal.addEventListener('abort', giveUp, { once: true })
    })
  }

  const leave = () => {
    const [next] = waiting
    if (!next) {
      free += 1
      return
    }
    waiting.delete(next)
    next()
  }

  return { enter, leave }
}
