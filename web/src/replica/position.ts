import { generateKeyBetween } from 'fractional-indexing'

interface Placed {
  id: string
  position: string
}

/** What comes first in the order, for `sort`: positions compare byte by byte. */
export const byPosition = (a: Placed, b: Placed): number =>
  a.position < b.position ? -1 : a.position > b.position ? 1 : 0

/** A position after all of them. */
export const lastPosition = (placed: Iterable<Placed>): string => {
  let last: string | null = null
  for (const { position } of placed) if (last === null || position > last) last = position
  return generateKeyBetween(last, null)
}

/** The position right before or right after one of them; after all if neither is named. */
export const between = (
  placed: readonly Placed[],
  { before, after }: { before?: string | undefined; after?: string | undefined },
): string => {
  const sorted = placed.toSorted(byPosition)
  const at = sorted.findIndex(({ id }) => id === (before ?? after))
  if (at < 0) return lastPosition(sorted)
  const low = before === undefined ? at : at - 1
  return generateKeyBetween(sorted[low]?.position ?? null, sorted[low + 1]?.position ?? null)
}
