import fc from 'fast-check'

/** Text of every kind that has ever made trouble. */
export const anyText = (options: { maxLength?: number } = {}): fc.Arbitrary<string> => {
  const troubles = [
    '\0',
    '\ud800',
    '\udc00',
    '\udfff\ud800',
    '\u{10ffff}',
    '\ufffe',
    '\ufeff',
    '\u202e',
    '\u2028',
    '\u00a0',
    '\u200d',
    'e\u0301',
    '\u0301',
    'ﷺ',
    '👩‍👩‍👧',
    '🏴󠁧󠁢󠁳󠁣󠁴󠁿',
    'ß',
    'İ',
    ' ',
    '\t',
    '\r\n',
    '\u0085',
    '\x7f',
    '"',
    '\\',
    "'",
    '\\u0000',
    '%00',
    '$1',
    '{}',
  ]
  return fc.oneof(
    fc.string({ unit: 'binary', ...options }),
    fc.string({ unit: 'grapheme', ...options }),
    fc.string({ unit: fc.constantFrom(...troubles), ...options }),
    fc
      .array(fc.oneof(fc.constantFrom(...troubles), fc.string({ maxLength: 3 })), { maxLength: 8 })
      .map((parts) => parts.join('')),
  )
}
