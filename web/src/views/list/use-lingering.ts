import { useCallback, useState } from 'react'

/** Long enough to see what was done, and that it was the right one. */
const LINGER_MS = 400

/** What has been completed a moment ago and still shows. */
export const useLingering = () => {
  const [lingering, setLingering] = useState<ReadonlySet<string>>(new Set())
  const linger = useCallback((ids: readonly string[]) => {
    setLingering((before) => new Set([...before, ...ids]))
    setTimeout(() => {
      setLingering((before) => new Set([...before].filter((id) => !ids.includes(id))))
    }, LINGER_MS)
  }, [])
  return { lingering, linger }
}
