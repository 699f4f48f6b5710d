/** One run of vitest: a project, files of it, and if need be the names of tests in them. */
export interface Killers {
  project: string
  files: readonly string[]
  named?: string
}

/** A fault that is put into the project on purpose, and the tests that must turn red. */
export interface Mutant {
  file: string
  name: string
  /** The exact text to replace; where it is not there `times` times, the mutant is out of date. */
  find: string
  replace: string
  times: number
  /** A second replacement, for what two checks guard: each alone is enough, and both must not be gone. */
  also?: readonly [find: string, replace: string]
  killers: Killers
  /** It ends in an exception of the language's or Postgres's own, and that is its point. */
  breaks: boolean
  /** Why no test can tell it from the original: docs/security.md names it with this reason. */
  lives?: string
}

interface Exceptions {
  times?: number
  also?: readonly [find: string, replace: string]
  killers?: Killers
  breaks?: boolean
  lives?: string
}

/** What is wrong, the text that is replaced, and by what. */
export type Fault = readonly [name: string, find: string, replace: string, exceptions?: Exceptions]

/** Mutants of one file that the same tests should kill, unless a fault says otherwise. */
export const mutantsOf = (file: string, killers: Killers, faults: readonly Fault[]): Mutant[] =>
  faults.map(([name, find, replace, exceptions]) => ({
    file,
    name,
    find,
    replace,
    times: 1,
    killers,
    breaks: false,
    ...exceptions,
  }))

export const killersIn =
  (project: string) =>
  (files: string, named?: string): Killers => ({
    project,
    files: files.split(' ').map((file) => `test/${file}.test.ts`),
    ...(named !== undefined && { named }),
  })

export const idOf = ({ file, name }: Mutant): string => `${file}: ${name}`

/** The file's text with the fault in it, or `undefined` where the mutant is out of date. */
export const mutated = (text: string, { find, replace, times, also }: Mutant): string | undefined => {
  const once = replaced(text, find, replace, times)
  return also && once !== undefined ? replaced(once, ...also, 1) : once
}

const replaced = (text: string, find: string, replace: string, times: number): string | undefined => {
  const parts = text.split(find)
  return parts.length - 1 === times && find !== replace ? parts.join(replace) : undefined
}
