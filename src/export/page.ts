import type { ExportedCompletion, ExportedLabel, ExportedList, ExportedTask } from './contract.ts'
import type { ExportRow, Place } from './pages.ts'
import { exportedCompletion, exportedLabel, exportedList, exportedTask } from './view.ts'

/** Less than an import takes, whatever had to be escaped in JSON, with room for what stands around the things. */
const MAX_PAGE_BYTES = 1_920 * 1_024

export interface ExportPage {
  lists: ExportedList[]
  labels: ExportedLabel[]
  tasks: ExportedTask[]
  completions: ExportedCompletion[]
  /** By the ids of tasks that come again, of series whose end is known: how many times after this one. */
  timesLeft: Map<string, number>
  /** Where the page ends, if another one follows. */
  end: Place | undefined
}

/** The things of a page; no more than fit into it. */
export const pageOf = (rows: readonly ExportRow[]): ExportPage => {
  const page: ExportPage = {
    lists: [],
    labels: [],
    tasks: [],
    completions: [],
    timesLeft: new Map(),
    end: undefined,
  }
  let bytes = 0
  let last: Place | undefined
  for (const { kind, stage, key, item, more } of rows) {
    if (kind === null || stage === null || key === null || item === null) continue
    // A row has all that the export tells of it, and longer names.
    bytes += bytesOf(item)
    if (last && bytes > MAX_PAGE_BYTES) return { ...page, end: last }
    put(page, kind, item)
    if (kind === 'list' || kind === 'label') continue
    last = { stage, key, id: String(item.id) }
    page.end = more ? last : undefined
  }
  return page
}

const put = (page: ExportPage, kind: NonNullable<ExportRow['kind']>, item: Record<string, unknown>) => {
  switch (kind) {
    case 'list':
      return page.lists.push(exportedList(item))
    case 'label':
      return page.labels.push(exportedLabel(item))
    case 'task':
      if (typeof item.days_left === 'number') page.timesLeft.set(String(item.id), item.days_left)
      return page.tasks.push(exportedTask(item))
    case 'completion':
      return page.completions.push(exportedCompletion(item))
  }
}

const bytesOf = (thing: object): number => new TextEncoder().encode(JSON.stringify(thing)).byteLength
