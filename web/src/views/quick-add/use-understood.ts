import { useEffect, useState } from 'react'
import type { QuickResult } from '../../../../client/src/index.ts'
import { useEdgewise, usePicture } from '../../replica/provider.tsx'
import { here } from '../../tasks/due.ts'

export type Understood = QuickResult['understood']

const ASKED_AFTER_MS = 150
/** For whoever presses Enter before the answer has come: without one, the words are taken as they are. */
const WAITED_MS = 900

/** What the server understands of the words, some moments after they were typed; nothing while it cannot be reached. */
export const useUnderstood = (text: string) => {
  const edgewise = useEdgewise()
  const { contact } = usePicture()
  const [reading, setReading] = useState<{ of: string; understood: Understood }>()
  const words = text.trim()
  const isOffline = contact === 'offline' || contact === 'failing' || contact === 'signed out'

  const read = async (of: string, signal: AbortSignal): Promise<Understood> => {
    const { understood } = await edgewise.tasks.quick(
      { text: of, timeZone: here(), dryRun: true },
      { signal },
    )
    return understood
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked when the words change
  useEffect(() => {
    if (words === '' || isOffline) return
    const giveUp = new AbortController()
    const timer = setTimeout(() => {
      read(words, giveUp.signal)
        .then((understood) => setReading({ of: words, understood }))
        .catch(() => {})
    }, ASKED_AFTER_MS)
    return () => {
      clearTimeout(timer)
      giveUp.abort()
    }
  }, [words, isOffline])

  return {
    isOffline,
    // The reading of what was there a letter ago stays until the next one comes: chips that flicker cannot be read.
    understood: words === '' || isOffline ? undefined : reading?.understood,
    ask: async (of: string): Promise<Understood | undefined> => {
      if (reading?.of === of) return reading.understood
      if (isOffline || !navigator.onLine) return undefined
      return read(of, AbortSignal.timeout(WAITED_MS)).catch(() => undefined)
    },
  }
}
