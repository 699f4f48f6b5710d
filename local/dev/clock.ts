const EVERY_MS = 60 * 60 * 1_000

/**
 * Brings about what the `[triggers]` of wrangler.toml do in production, and `wrangler dev` does not: now, and each hour from
 * now on. Yields what stops it.
 */
export const startClock = (port: number): (() => Promise<void>) => {
  const strike = () => fetch(`http://127.0.0.1:${port}/cdn-cgi/local/scheduled`).catch(() => undefined)
  const timer = setInterval(strike, EVERY_MS)
  void strike()
  return async () => clearInterval(timer)
}
