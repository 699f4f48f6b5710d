/**
 * Waits until a multiple of `stepMs` has passed since `startedAt` (a `performance.now()`), so that the time
 * of an answer tells only how many steps it took, and not what was done in them.
 */
export const untilEvenTime = async (startedAt: number, stepMs: number): Promise<void> => {
  if (stepMs === 0) return
  // At the edge clocks stand still while code runs, and a password's hash is long: a timer moves them on.
  await scheduler.wait(1)
  const elapsedMs = performance.now() - startedAt
  await scheduler.wait(Math.ceil(elapsedMs / stepMs) * stepMs - elapsedMs)
}
