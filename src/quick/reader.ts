export type Reader = ReturnType<typeof readerOf>

/** Reads words one after the other. */
export const readerOf = (words: readonly string[]) => {
  let at = 0
  return {
    taken: () => at,
    /** What is made of the next word, which is taken unless it is nothing. */
    take: <T>(meaning: (word: string) => T | undefined): T | undefined => {
      const meant = meaning(words[at] ?? '')
      if (meant !== undefined) at += 1
      return meant
    },
    /** What `read` makes of the next words; they are taken unless it is nothing. */
    attempt: <T>(read: () => T | undefined): T | undefined => {
      const start = at
      const result = read()
      if (result === undefined) at = start
      return result
    },
    /** What `read` makes of the next words, none of which is taken. */
    ahead: <T>(read: () => T): T => {
      const start = at
      const result = read()
      at = start
      return result
    },
  }
}

/** The meaning of any of these words. */
export const only =
  (...known: string[]) =>
  (word: string): true | undefined =>
    known.includes(word) || undefined

/** One or more, with commas or `and` between. */
export const listOf = <T>(reader: Reader, one: () => T | undefined): T[] | undefined => {
  const first = one()
  if (first === undefined) return undefined
  const all = [first]
  for (;;) {
    const next = reader.attempt(() => {
      const comma = reader.take(only(','))
      const and = reader.take(only('and', '&', '+'))
      return comma || and ? one() : undefined
    })
    if (next === undefined) return all
    all.push(next)
  }
}
