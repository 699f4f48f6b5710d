const MAX_LENGTH = 1_000

/**
 * Whether the text is a key of an order, as `edgewise.position_between` makes them: an integer part, whose first letter tells
 * its length, and a fraction that does not end in 0.
 */
export const isPosition = (text: string): boolean => {
  if (!/^[A-Za-z][0-9A-Za-z]+$/.test(text) || text.length > MAX_LENGTH) return false
  const head = text.charCodeAt(0)
  const integerLength = head >= LOWER_A ? head - LOWER_A + 2 : UPPER_Z - head + 2
  if (text.length < integerLength || text === SMALLEST) return false
  return text.length === integerLength || !text.endsWith('0')
}

const LOWER_A = 'a'.charCodeAt(0)
const UPPER_Z = 'Z'.charCodeAt(0)
/** Nothing could ever come before it. */
const SMALLEST = `A${'0'.repeat(26)}`
