import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Mutant, mutated } from './mutant.ts'

/** The second is red with any mutant: it looks for the texts that mutants replace. */
const LEFT_OUT = ['node_modules', 'test/contract/mutants.test.ts']

/** A copy of the project as it lies here, changes that are not committed included, to break and to test. */
export const copyOf = (root: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'edgewise-mutants-'))
  const listing = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const files = execFileSync('git', listing, { cwd: root, encoding: 'utf8' }).split('\0')
  for (const file of files) {
    if (file !== '' && !LEFT_OUT.includes(file) && existsSync(join(root, file))) {
      cpSync(join(root, file), join(folder, file), { recursive: true })
    }
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))

  return {
    folder,

    /** Awaits `act` while the fault is in the copy. */
    with: async <T>(mutant: Mutant, act: () => Promise<T>): Promise<T> => {
      const path = join(folder, mutant.file)
      const original = readFileSync(path, 'utf8')
      const faulty = mutated(original, mutant)
      if (faulty === undefined) throw new Error(`${mutant.file} is not what it was when this began`)
      writeFileSync(path, faulty)
      try {
        return await act()
      } finally {
        writeFileSync(path, original)
      }
    },

    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
