const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** How long ago that was, like `2 hours ago`. */
export const agoFrom = (moment: string, now: number = Date.now()): string => {
  const seconds = Math.max(0, (now - Date.parse(moment)) / 1_000)
  for (const [unit, length] of UNITS) {
    if (seconds >= length) return words.format(-Math.floor(seconds / length), unit)
  }
  return 'just now'
}
