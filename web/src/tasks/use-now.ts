import { useSyncExternalStore } from 'react'

const MINUTE_MS = 60_000

let now = thisMinute()
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

function thisMinute(): Date {
  const at = Date.now()
  return new Date(at - (at % MINUTE_MS))
}

const look = () => {
  clearTimeout(timer)
  timer = setTimeout(look, MINUTE_MS - (Date.now() % MINUTE_MS) + 1)
  const current = thisMinute()
  if (current.getTime() === now.getTime()) return
  now = current
  for (const listener of listeners) listener()
}

// Timers stand still while a device sleeps: whoever comes back to the page looks at the clock at once.
const WAKING = ['visibilitychange', 'focus', 'pageshow'] as const

const subscribe = (listener: () => void) => {
  if (listeners.size === 0) {
    look()
    for (const event of WAKING) window.addEventListener(event, look)
  }
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearTimeout(timer)
    for (const event of WAKING) window.removeEventListener(event, look)
  }
}

/** What time it is, to the minute: so that today becomes yesterday at midnight, and what is late shows as such. */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => now)
