import type { Span } from './words.ts'

const MAX_LABELS = 50
const MAX_CHARACTERS = { list: 200, label: 100 }

interface Mark extends Span {
  kind: 'list' | 'label' | 'priority'
}

interface Marks {
  list: string | undefined
  /** Each once, whatever the case of its letters. */
  labels: string[]
  priority: 0 | 1 | 2 | 3
  found: Mark[]
}

/**
 * Reads `#list`, `@label` and `!3` where they stand at the beginning of a word and are a whole one. A name begins with a
 * letter or a picture, so that `#1` and `@2x` are none, or stands in quotes. The first list and the first priority count.
 */
export const marksIn = (text: string): Marks => {
  const marks: Marks = { list: undefined, labels: [], priority: 0, found: [] }
  const known = new Set<string>()

  for (const span of markSpansIn(text)) {
    const sign = text[span.start]
    const name = nameIn(text.slice(span.start + 1, span.end))
    if (sign === '!') {
      const priority = PRIORITIES[text.slice(span.start, span.end)]
      if (!priority || marks.priority > 0) continue
      marks.priority = priority
      marks.found.push({ ...span, kind: 'priority' })
    } else if (sign === '#') {
      if (marks.list !== undefined || !fits(name, MAX_CHARACTERS.list)) continue
      marks.list = name
      marks.found.push({ ...span, kind: 'list' })
    } else {
      const key = name.toLowerCase()
      if (!fits(name, MAX_CHARACTERS.label) || (!known.has(key) && known.size === MAX_LABELS)) continue
      if (!known.has(key)) marks.labels.push(name)
      known.add(key)
      marks.found.push({ ...span, kind: 'label' })
    }
  }
  return marks
}

/** Words that begin with one of the signs, in quotes up to where these end. */
function* markSpansIn(text: string): Generator<Span> {
  for (let start = 0; start < text.length; start += 1) {
    if (!'#@!'.includes(text[start] ?? ' ') || !isSpace(text[start - 1])) continue
    const end = endOfQuote(text, start + 1) ?? endOfWord(text, start)
    if (!isSpace(text[end]) && !isEnding(text, end)) continue
    yield { start, end }
    start = end
  }
}

const PRIORITIES: Record<string, 1 | 2 | 3> = { '!1': 1, '!2': 2, '!3': 3 }
const QUOTES: Record<string, string> = { '"': '"', '“': '”' }
const ENDINGS = ',.;:!?'

/** Where the quoted name that begins there ends. */
const endOfQuote = (text: string, start: number): number | undefined => {
  const closing = QUOTES[text[start] ?? ' ']
  const end = closing === undefined ? -1 : text.indexOf(closing, start + 1)
  return end < 0 ? undefined : end + 1
}

/** Where the word ends; what ends a sentence is not part of it. */
const endOfWord = (text: string, start: number): number => {
  let end = start + 1
  while (!isSpace(text[end])) end += 1
  while (end > start + 1 && ENDINGS.includes(text[end - 1] ?? ' ')) end -= 1
  return end
}

const isEnding = (text: string, at: number): boolean => {
  let end = at
  while (ENDINGS.includes(text[end] ?? ' ')) end += 1
  return isSpace(text[end])
}

const isSpace = (character: string | undefined): boolean => (character ?? ' ').trim() === ''

/** The name that it says: empty if it says none. */
const nameIn = (said: string): string => {
  if (said.length > 1 && said.at(-1) === QUOTES[said.charAt(0)]) return said.slice(1, -1).trim()
  return /^[\p{L}\p{Extended_Pictographic}_][^#@"“”]*$/u.test(said) ? said : ''
}

const fits = (name: string, maxCharacters: number): boolean =>
  name !== '' && [...name].length <= maxCharacters
