import { EdgewiseError } from '../../../client/src/index.ts'

interface Options {
  run: () => Promise<void>
  onFailure: (error: unknown) => void
  /** Whether it is worth while to run again when the time has come. */
  isNeeded: () => boolean
}

const EVERY_MS = 30_000
const RETRY_AFTER_MS = [1_000, 5_000, 15_000, 60_000]

/**
 * Runs now and then, one run at a time; after a failure sooner, but not before the time that a server has asked for. Whoever asks for
 * a run while there is one gets another one after it: it may have passed already what they have brought.
 */
export const runner = ({ run, onFailure, isNeeded }: Options) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | undefined
  let isWanted = false
  let isOver = false
  let failures = 0
  let notBefore = 0

  const once = async (): Promise<void> => {
    const early = notBefore - performance.now()
    if (early > 0) return wait(early)
    try {
      await run()
      failures = 0
      wait(EVERY_MS)
    } catch (error) {
      failures += 1
      onFailure(error)
      const asked = error instanceof EdgewiseError ? (error.retryAfterMs ?? 0) : 0
      notBefore = performance.now() + asked
      const usual = RETRY_AFTER_MS[Math.min(failures, RETRY_AFTER_MS.length) - 1] ?? EVERY_MS
      wait(Math.max(asked, usual))
    }
  }

  const wait = (ms: number) => {
    clearTimeout(timer)
    if (!isOver) timer = setTimeout(again, ms)
  }
  const again = () => {
    if (isNeeded()) void start()
    else wait(EVERY_MS)
  }

  const untilUnwanted = async () => {
    try {
      while (isWanted && !isOver) {
        isWanted = false
        await once()
      }
    } finally {
      running = undefined
    }
  }
  const start = (): Promise<void> => {
    if (isOver) return Promise.resolve()
    isWanted = true
    running ??= untilUnwanted()
    return running
  }

  return {
    run: start,
    stop: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
}
