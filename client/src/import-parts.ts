import type { ImportReport } from './types.ts'

/** What the server takes at once, with some room for what stands around the things. */
const MAX_BYTES = 1_900 * 1_024
const MAX_THINGS = 1_500
/** As many as a page of an export has: what must go in parts goes in ones that are soon done. */
const PART_THINGS = 500

interface Thing {
  id: string
  position?: string
  [field: string]: unknown
}

interface Exported {
  lists: Thing[]
  labels: Thing[]
  tasks: Thing[]
  completions: Thing[]
}

type Kind = 'tasks' | 'completions'

interface Entry {
  kind: Kind
  thing: Thing
  /** Where it is in the file among its kind. */
  index: number
  bytes: number
}

/** A part of a file, ready to be sent. */
export interface Part {
  text: string
  /** Of a file in several parts: what is the part's own, among what has been there before and is named by that. */
  entries?: { entry: Entry; isOwn: boolean }[]
}

/**
 * The file as parts that fit. Each has all that its things name, lists and labels and what has been in a part before, so that one can
 * be tried by itself. What cannot be parted is left to the server.
 */
export const partsOf = (text: string): Part[] => {
  const file = exportIn(text)
  if (!file || fitsAtOnce(file)) return [{ text }]
  const { tasks, completions, ...named } = file
  const entries = [...entriesOf('tasks', tasks), ...entriesOf('completions', completions)]
  const room = {
    things: PART_THINGS,
    bytes: MAX_BYTES - bytesOf(named),
  }
  return groupsOf(entries, room).map((group): Part => {
    const ofKind = (kind: Kind) => group.flatMap(({ entry }) => (entry.kind === kind ? [entry.thing] : []))
    const first = group.find(({ isOwn }) => isOwn)?.entry
    // The task before the first of this part: so they keep their order.
    const before = first?.kind === 'tasks' ? tasks[first.index - 1] : undefined
    const follows = before ? { id: before.id, position: before.position } : null
    const part = { ...named, follows, tasks: ofKind('tasks'), completions: ofKind('completions') }
    return { text: JSON.stringify(part), entries: group }
  })
}

const fitsAtOnce = (file: Exported): boolean =>
  file.lists.length + file.labels.length + file.tasks.length + file.completions.length <= MAX_THINGS &&
  bytesOf(file) <= MAX_BYTES

const entriesOf = (kind: Kind, things: Thing[]): Entry[] =>
  things.map((thing, index) => ({ kind, thing, index, bytes: bytesOf(thing) + 1 }))

const bytesOf = (thing: object): number => new TextEncoder().encode(JSON.stringify(thing)).byteLength

/** In the order of the file; each group with what its own things name of groups before. */
const groupsOf = (entries: Entry[], room: { things: number; bytes: number }) => {
  const groups: NonNullable<Part['entries']>[] = []
  const known = new Map<unknown, Entry>()
  let here = new Set<Entry>()
  let left = { things: 0, bytes: 0 }
  for (const entry of entries) {
    const missing = namedBy(entry, known).filter((one) => !here.has(one))
    const bytes = [entry, ...missing].reduce((sum, one) => sum + one.bytes, 0)
    if (left.things < missing.length + 1 || left.bytes < bytes) {
      groups.push([])
      here = new Set()
      left = { ...room }
    }
    // In a new group, all that it names is missing.
    for (const one of [...namedBy(entry, known), entry]) {
      if (here.has(one)) continue
      here.add(one)
      groups.at(-1)?.push({ entry: one, isOwn: one === entry })
      left = { things: left.things - 1, bytes: left.bytes - one.bytes }
    }
    known.set(entry.thing.id, entry)
  }
  return groups
}

const NAMES = ['parentId', 'completedWith', 'deletedWith', 'taskId', 'alongWith']

/** What it names, and what that names in turn, of what comes before it in the file. */
const namedBy = ({ thing }: Entry, known: ReadonlyMap<unknown, Entry>): Entry[] => {
  const found = new Set<Entry>()
  const look = (at: Thing) => {
    for (const name of NAMES) {
      const entry = known.get(at[name])
      if (!entry || found.has(entry)) continue
      found.add(entry)
      look(entry.thing)
    }
  }
  look(thing)
  return [...found]
}

const exportIn = (text: string): Exported | undefined => {
  try {
    const file: unknown = JSON.parse(text)
    return isExport(file) ? file : undefined
  } catch {
    return undefined
  }
}

const isExport = (file: unknown): file is Exported =>
  typeof file === 'object' &&
  file !== null &&
  ['lists', 'labels', 'tasks', 'completions'].every((kind) => {
    const things: unknown = Reflect.get(file, kind)
    return Array.isArray(things) && things.every((thing) => typeof thing === 'object' && thing !== null)
  })

type Line = ImportReport['lines'][number]

/** The reports of all parts as that of the file. */
export const joinedReport = (reports: ImportReport[], parts: readonly Part[]): ImportReport => {
  const [first] = reports
  if (first && reports.length === 1) return first
  const lines = reports.flatMap((report, at) => {
    const group = parts[at]?.entries ?? []
    const ofKind = (kind: Kind) => group.filter(({ entry }) => entry.kind === kind)
    const sent = { task: ofKind('tasks'), completion: ofKind('completions') }
    return report.lines.flatMap((line): Line[] => {
      if (line.kind === 'list' || line.kind === 'label') return at === 0 ? [line] : []
      if (line.kind === null || line.index === undefined) return [line]
      const { entry, isOwn } = sent[line.kind][line.index] ?? {}
      return isOwn && entry ? [{ ...line, index: entry.index }] : []
    })
  })
  const count = (outcome: Line['outcome']) => lines.filter((line) => line.outcome === outcome).length
  return {
    dryRun: first?.dryRun ?? false,
    counts: {
      added: count('added'),
      alreadyThere: count('already there'),
      refused: count('refused'),
      ignored: count('ignored'),
    },
    lines,
  }
}
