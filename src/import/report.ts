import type { FieldError } from '../http/problem.ts'
import type { ImportReport, ReportLine } from './contract.ts'
import { type Entry, isEntry, type Read } from './entry.ts'
import type { Outcome } from './repository.ts'

const MAX_ERRORS = 100

/** What became of every entry of the file, in its order. */
export const reportOf = (
  entries: readonly Read[],
  outcomes: ReadonlyMap<Entry, Outcome>,
  dryRun: boolean,
): ImportReport => {
  const lines = entries.map((entry) => lineOf(entry, isEntry(entry) ? outcomes.get(entry) : undefined))
  const count = (outcome: ReportLine['outcome']) => lines.filter((line) => line.outcome === outcome).length
  return {
    dryRun,
    counts: {
      added: count('added'),
      alreadyThere: count('already there'),
      refused: count('refused'),
      ignored: count('ignored'),
    },
    lines,
  }
}

const lineOf = (entry: Read, outcome: Outcome | undefined): ReportLine => {
  const { place, kind, id, title } = entry
  const warnings = [...entry.warnings, ...(outcome ? warningsOf(outcome) : [])]
  const line = { ...place, kind, id, title, ...(warnings.length > 0 && { warnings }) }
  if ('errors' in entry) return { ...line, outcome: 'refused', errors: entry.errors }
  if (outcome === undefined) return { ...line, outcome: 'ignored' }
  if (outcome.outcome === 'refused') {
    return { ...line, outcome: 'refused', errors: [{ path: outcome.path, message: outcome.reason }] }
  }
  const here = 'id' in outcome && outcome.id !== undefined ? outcome.id : id
  return { ...line, id: here, outcome: outcome.outcome === 'added' ? 'added' : 'already there' }
}

const warningsOf = (outcome: Outcome): string[] => {
  if (outcome.outcome === 'refused') return []
  return [
    ...('inTrash' in outcome && outcome.inTrash ? ['is in the trash'] : []),
    ...('alone' in outcome && outcome.alone ? ['stands alone: its parent cannot be one here'] : []),
  ]
}

/** The errors of the lines that were refused, each with its line; so many of them as are of use. */
export const errorsIn = ({ lines }: ImportReport): FieldError[] =>
  lines
    .flatMap(({ line, index, kind, errors = [] }) => {
      const place = line === undefined ? `${kind}s.${index}` : `lines.${line}`
      return errors.map(({ path, message }) => ({ path: path ? `${place}.${path}` : place, message }))
    })
    .slice(0, MAX_ERRORS)
