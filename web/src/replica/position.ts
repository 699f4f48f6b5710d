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
  return keyBetween(last, null)
}

/**
 * The position right before or right after one of them, after all if neither is named, for the one with that id. Those in the
 * trash are not known here, so the server's may be another text; it sorts among these alike.
 */
export const between = (
  placed: ReadonlyMap<string, Placed>,
  id: string,
  { before, after }: { before?: string | undefined; after?: string | undefined },
): string => {
  const beside = placed.get(before ?? after ?? '')?.position
  let neighbour: string | null = null
  if (beside === undefined) {
    for (const each of placed.values())
      if (each.id !== id && (neighbour === null || each.position > neighbour)) neighbour = each.position
    return keyBetween(neighbour, null)
  }
  const isNearer = (position: string) =>
    before === undefined
      ? position > beside && (neighbour === null || position < neighbour)
      : position < beside && (neighbour === null || position > neighbour)
  for (const each of placed.values()) if (each.id !== id && isNearer(each.position)) neighbour = each.position
  return before === undefined ? keyBetween(beside, neighbour) : keyBetween(neighbour, beside)
}

/** A key that the library does not take must not keep anything from being shown: the next sync brings the right one. */
const keyBetween = (low: string | null, high: string | null): string => {
  try {
    return generateKeyBetween(low, high)
  } catch {
    return `${low ?? ''}V`
  }
}
