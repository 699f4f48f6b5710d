import { isEntry, type Read } from './entry.ts'

/** The entries, but for those whose id another one of their kind had before: they are refused. */
export const withoutDoubles = (entries: readonly Read[]): Read[] => {
  const seen = new Set<string>()
  return entries.map((entry) => {
    if (!isEntry(entry)) return entry
    const key = `${entry.kind} ${entry.id}`
    const { kind, id, title, place, warnings } = entry
    if (seen.has(key)) return { kind, id, title, place, warnings, errors: [TWICE] }
    seen.add(key)
    return entry
  })
}

const TWICE = { path: 'id', message: 'is that of another one in the file' }
