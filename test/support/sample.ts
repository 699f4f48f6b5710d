import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'

/** The commit that is checked out: it makes the sample another one with each commit, and the same again. */
export const headOf = (root: string): string =>
  execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()

/** `count` of the items: the same ones for the same seed. */
export const sampleOf = <T>(items: readonly T[], count: number, seed: string): T[] => {
  if (!Number.isInteger(count) || count < 1) throw new Error('--sample takes a whole number from 1')
  const rank = (index: number) => createHash('sha256').update(`${seed} ${index}`).digest('hex')
  return items
    .map((item, index) => ({ item, rank: rank(index) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ item }) => item)
}
