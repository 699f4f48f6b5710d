import * as z from 'zod'
import {
  ExportedCompletion,
  ExportedLabel,
  ExportedList,
  ExportedTask,
  ExportHead,
} from '../export/contract.ts'
import { problem } from '../http/problem.ts'
import { fieldErrorsOf } from '../http/router.ts'
import type { Kind } from './contract.ts'
import type { Entry, File, Read } from './entry.ts'

const things = z.array(z.unknown())
const Outline = ExportHead.extend({ lists: things, labels: things, tasks: things, completions: things })

/**
 * Reads a page of an export. Throws `malformed_json`, and `invalid_request` for what is no export; what does not fit within it
 * is refused one by one.
 */
export const readJson = (text: string): File => {
  const outline = Outline.safeParse(parsed(text))
  if (!outline.success) throw problem('invalid_request', { errors: fieldErrorsOf(outline.error) })
  const { lists, labels, tasks, completions, follows } = outline.data
  return {
    isLenient: false,
    follows,
    entries: [
      ...lists.map((item, index) =>
        entryOf('list', ExportedList, item, index, (thing, about) => ({
          ...about,
          kind: 'list',
          title: thing.name,
          thing,
        })),
      ),
      ...labels.map((item, index) =>
        entryOf('label', ExportedLabel, item, index, (thing, about) => ({
          ...about,
          kind: 'label',
          title: thing.name,
          thing,
        })),
      ),
      ...tasks.map((item, index) =>
        entryOf('task', ExportedTask, item, index, (thing, about) => ({
          ...about,
          kind: 'task',
          title: thing.title,
          thing,
        })),
      ),
      ...completions.map((item, index) =>
        entryOf('completion', ExportedCompletion, item, index, (thing, about) => ({
          ...about,
          kind: 'completion',
          title: thing.title,
          thing,
        })),
      ),
    ],
  }
}

const entryOf = <T extends { id: string }>(
  kind: Kind,
  schema: z.ZodType<T>,
  item: unknown,
  index: number,
  entry: (thing: T, about: Pick<Entry, 'place' | 'id' | 'warnings'>) => Read,
): Read => {
  const read = schema.safeParse(item)
  const about = { place: { index }, warnings: [] }
  if (read.success) return entry(read.data, { ...about, id: read.data.id })
  return { ...about, kind, id: null, title: titleIn(item), errors: fieldErrorsOf(read.error) }
}

const Titled = z.object({ title: z.string() }).or(z.object({ name: z.string() }))

/** What to call something that does not fit. */
const titleIn = (item: unknown): string => {
  const { data } = Titled.safeParse(item)
  const title = data && ('title' in data ? data.title : data.name)
  return title?.slice(0, MAX_TITLE_LENGTH).toWellFormed() ?? ''
}

const MAX_TITLE_LENGTH = 100

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw problem('malformed_json')
  }
}
