import type { Node } from 'typescript/unstable/ast'
import {
  isCallExpression,
  isNewExpression,
  isPropertyAccessExpression,
  isRegularExpressionLiteral,
} from 'typescript/unstable/ast/is'
import { API } from 'typescript/unstable/sync'
import { describe, it } from 'vitest'
import * as z from 'zod'

// The checker in plain JavaScript: nothing to start, the same everywhere.
process.env.RECHECK_SYNC_BACKEND = 'pure'
const { checkSync } = await import('recheck')

/** The same attacks every time, and as much time for each as a busy machine may need: what is slow shows by its steps. */
const CHECKED = { randomSeed: 1, attackTimeout: 20_000, timeout: 50_000 }

interface Found {
  /** Where it stands, and what stands there. */
  at: string
  source: string
  flags: string
}

const verdicts = new Map<string, string>()

/** Looked at once, wherever it stands: some take seconds. */
const verdictOn = ({ source, flags }: Pick<Found, 'source' | 'flags'>) => {
  const key = `/${source}/${flags}`
  const verdict = verdicts.get(key) ?? checkSync(source, flags, CHECKED).status
  verdicts.set(key, verdict)
  return verdict
}

describe('the regular expressions', () => {
  const found = regularExpressions()

  it('of the source are all literals, or formats of zod, whose pattern can be read', ({ expect }) => {
    expect(found.filter(({ source }) => source === '')).toEqual([])
    expect(found.length).toBeGreaterThan(15)
    expect(found.map(({ at }) => at).join()).toContain('z.email')
  })

  it.for(found.map((one) => [one.at, one] as const))('cannot be made slow: %s', ([, one], { expect }) => {
    expect(verdictOn(one)).toBe('safe')
  })

  it.for(['^(a+)+$', '\\s+$'])('would be caught: /%s/', (source, { expect }) => {
    expect(verdictOn({ source, flags: '' })).toBe('vulnerable')
  })
})

/** Every regular expression of the source; one that cannot be read has an empty source. */
function regularExpressions(): Found[] {
  const api = new API({ cwd: process.cwd() })
  try {
    const snapshot = api.updateSnapshot({
      openProjects: ['tsconfig.json', 'src/docs/tsconfig.json', 'src/pages/tsconfig.json'],
    })
    return snapshot.getProjects().flatMap(({ program }) =>
      program
        .getSourceFileNames()
        .filter((name) => name.includes('/src/') && !name.includes('/node_modules/'))
        .flatMap((name) => {
          const file = program.getSourceFile(name)
          return file ? regularExpressionsIn(file, name.slice(name.indexOf('/src/') + 1)) : []
        }),
    )
  } finally {
    api.close()
  }
}

const regularExpressionsIn = (node: Node, file: string): Found[] => {
  const pattern = patternOf(node)
  const found = pattern
    ? [{ at: `${file} ${node.getText()}`, source: pattern.source, flags: pattern.flags }]
    : []
  node.forEachChild((child) => {
    found.push(...regularExpressionsIn(child, file))
    return undefined
  })
  return found
}

const patternOf = (node: Node): Pick<Found, 'source' | 'flags'> | undefined => {
  if (isRegularExpressionLiteral(node)) {
    const end = node.text.lastIndexOf('/')
    return { source: node.text.slice(1, end), flags: node.text.slice(end + 1) }
  }
  const isCall = isCallExpression(node) || isNewExpression(node)
  if (!isCall) return undefined
  const callee = node.expression.getText()
  if (callee === 'RegExp') return { source: '', flags: '' }
  if (!isPropertyAccessExpression(node.expression)) return undefined
  return patternOfFormat(callee)
}

/** How zod recognises a format; one that is missing here has an empty source. */
const patternOfFormat = (callee: string): Pick<Found, 'source' | 'flags'> | undefined => {
  const [, name = ''] = /^z\.(?:iso\.)?(\w+)$/.exec(callee) ?? []
  if (NO_FORMATS.has(name) || !(name in z.regexes)) return undefined
  return FORMATS[callee]?._zod.def.pattern ?? { source: '', flags: '' }
}

const FORMATS: Record<string, { _zod: { def: { pattern?: RegExp | undefined } } }> = {
  'z.email': z.email(),
  'z.uuid': z.uuid(),
  'z.iso.datetime': z.iso.datetime(),
  'z.iso.date': z.iso.date(),
}

/** Plain types, which zod reads by no pattern. */
const NO_FORMATS = new Set(['bigint', 'boolean', 'null', 'number', 'string', 'undefined'])
