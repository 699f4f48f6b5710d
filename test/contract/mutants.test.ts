import { readFileSync } from 'node:fs'
import { describe, it } from 'vitest'
import { MUTANTS } from '../mutants/list.ts'
import { idOf, mutated } from '../mutants/mutant.ts'

describe('the list of mutants', () => {
  it('names each once', ({ expect }) => {
    expect(new Set(MUTANTS.map(idOf)).size).toBe(MUTANTS.length)
  })

  it('is up to date: what each replaces is there', ({ expect }) => {
    const outOfDate = MUTANTS.filter((one) => mutated(readFileSync(one.file, 'utf8'), one) === undefined)
    expect(outOfDate.map(idOf)).toEqual([])
  })

  it('says why a mutant lives, and so does docs/security.md', ({ expect }) => {
    const documented = readFileSync('docs/security.md', 'utf8')
    const untold = MUTANTS.filter(
      ({ file, name, lives }) =>
        lives !== undefined && !documented.includes(`| \`${file}\` | ${name} | ${lives} |`),
    )
    expect(untold.map(idOf)).toEqual([])
  })
})
