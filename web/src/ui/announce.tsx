import { useSyncExternalStore } from 'react'

let text = ''
const listeners = new Set<() => void>()

/** Tells those who cannot see it what has just happened. */
export const announce = (next: string): void => {
  // The same words twice are read twice only if they differ.
  text = next === text ? `${next}\u00a0` : next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const Announcer = () => (
  <div className="sr-only" role="status" aria-live="assertive">
    {useSyncExternalStore(subscribe, () => text)}
  </div>
)
