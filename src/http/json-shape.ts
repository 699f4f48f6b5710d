import type { FieldError } from './problem.ts'

const MAX_DEPTH = 32

/** An object or array whose end has not come yet. */
interface Open {
  /** In an object: the names met, and the one whose value is next. In an array: the items before this one. */
  names?: Set<string>
  name: string
  items: number
}

/**
 * What is wrong with the shape of JSON text, whatever its contract: nested deeper than 32, more items in an
 * array than that, a name given twice, of which parsers would keep either (RFC 8259, 4), or one that
 * reaches for a prototype. One pass, no recursion, stops at the first misfit. Text that is no JSON is left
 * to the parser.
 */
export const misfitsIn = (text: string, maxItems: number): FieldError[] => {
  const open: Open[] = []
  const misfit = (message: string): FieldError[] => [{ path: pathOf(open), message }]

  for (let at = 0; at < text.length; at += 1) {
    const inner = open.at(-1)
    switch (text[at]) {
      case '{':
      case '[':
        if (open.length === MAX_DEPTH) return misfit(`must not be nested deeper than ${MAX_DEPTH}`)
        open.push({ ...(text[at] === '{' && { names: new Set<string>() }), name: '', items: 0 })
        break
      case '}':
      case ']':
        open.pop()
        break
      case ',':
        if (!inner || inner.names) break
        inner.items += 1
        if (inner.items === maxItems) {
          open.pop()
          return misfit(`must have at most ${maxItems} items`)
        }
        break
      case '"': {
        const end = endOfString(text, at)
        if (inner?.names && isName(text, end)) {
          inner.name = unescaped(text.slice(at, end))
          if (inner.names.has(inner.name)) return misfit('is given twice')
          if (inner.name === '__proto__') return misfit('is not a field of this request')
          inner.names.add(inner.name)
        }
        at = end - 1
      }
    }
  }
  return []
}

const pathOf = (open: Open[]): string =>
  open.map(({ names, name, items }) => (names ? name : String(items))).join('.')

/** The index after the closing quote of the string that begins at `start`. */
const endOfString = (text: string, start: number): number => {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

const isName = (text: string, end: number): boolean => {
  let at = end
  while (WHITE_SPACE.includes(text[at] ?? 'none')) at += 1
  return text[at] === ':'
}

const WHITE_SPACE = ' \t\r\n'

const unescaped = (quoted: string): string => {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted
  }
}
