/** Part of a text, in UTF-16 code units: from the first up to, not including, the last. */
export interface Span {
  start: number
  end: number
}

export interface Word extends Span {
  /** In lower case, without what ends a sentence. */
  word: string
}

/** Stands for what has been understood already: no word, and nothing can be read across it. */
export const BARRIER = '\u0001'

/** The words of the text; a comma is one. */
export const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(/[^\s,]+|,/g), ({ 0: raw, index }) => {
    const word = bare(raw)
    return { word: word.toLowerCase(), start: index, end: index + word.length }
  })

/** The text, as long as it was, with nothing to be read in those places. */
export const without = (text: string, spans: readonly Span[]): string =>
  spans.reduce(
    (left, { start, end }) => left.slice(0, start) + BARRIER.repeat(end - start) + left.slice(end),
    text,
  )

/** What is left of the text outside of those places, which are in order and do not overlap. */
export const leftOf = (text: string, spans: readonly Span[]): string =>
  gapsBetween(text, spans)
    .map(({ start, end }) => text.slice(start, end))
    .filter((gap) => gap.trim() !== '')
    .reduce(
      (left, gap) => left + (left === '' || ENDINGS.includes(gap.charAt(0)) ? '' : ' ') + gap.trim(),
      '',
    )

/**
 * The places in their order, each with the punctuation that would be left without sense: parentheses round it, and the
 * comma that nothing comes before, or after, any more.
 */
export const withPunctuation = <S extends Span>(text: string, spans: readonly S[]): S[] => {
  const inOrder = spans.toSorted((a, b) => a.start - b.start).map((span) => inParentheses(text, span))
  const gaps = gapsBetween(text, inOrder)
  const textOf = ({ start, end }: Span) => text.slice(start, end)

  let left = ''
  for (const gap of gaps) {
    const afterComma = left === '' ? gap !== gaps[0] : SEPARATORS.includes(left.slice(-1))
    if (afterComma) while (gap.start < gap.end && isLoose(text, gap.start)) gap.start += 1
    left = `${left}${textOf(gap)}`.trimEnd()
  }
  for (const gap of gaps.toReversed()) {
    while (gap.start < gap.end && isLoose(text, gap.end - 1)) gap.end -= 1
    if (textOf(gap).trim() !== '') break
  }
  return inOrder.map((span, at) => ({
    ...span,
    ...trimmed(text, { start: gaps[at]?.end ?? span.start, end: gaps[at + 1]?.start ?? span.end }),
  }))
}

const SEPARATORS = ',;:'

const isLoose = (text: string, at: number): boolean =>
  SEPARATORS.includes(text.charAt(at)) || isSpace(text.charAt(at))

const gapsBetween = (text: string, spans: readonly Span[]): Span[] =>
  [0, ...spans.map(({ end }) => end)].map((start, gap) => ({ start, end: spans[gap]?.start ?? text.length }))

const inParentheses = <S extends Span>(text: string, span: S): S => {
  const { start, end } = span
  return text[start - 1] === '(' && text[end] === ')' ? { ...span, start: start - 1, end: end + 1 } : span
}

const trimmed = (text: string, { start, end }: Span): Span => {
  const said = text.slice(start, end)
  return { start: end - said.trimStart().length, end: start + said.trimEnd().length }
}

/** Whether something stands by itself there: what is part of an address, a name or a number is not read. */
export const standsAlone = (text: string, { start, end }: Span): boolean => {
  const before = text[start - 1] ?? ' '
  const after = text[end] ?? ' '
  if (!isSpace(before) && !'(,;'.includes(before)) return false
  return isSpace(after) || (ENDINGS.includes(after) && isSpace(text[end + 1] ?? ' '))
}

const ENDINGS = ',.;:!?)'

const isSpace = (character: string): boolean => character === BARRIER || character.trim() === ''

const bare = (word: string): string => {
  let end = word.length
  while (end > 1 && ENDINGS.includes(word[end - 1] ?? ' ')) end -= 1
  // Here it says more than an end.
  return /^every!$/i.test(word) ? word : word.slice(0, end)
}
