import type { ImportFormat, ImportQuery } from './contract.ts'
import type { File } from './entry.ts'
import { readCalendar } from './icalendar.ts'
import { readJson } from './json.ts'
import { readTodoist } from './todoist.ts'

export const TYPES: Record<ImportFormat, RegExp> = {
  json: /^application\/json(?:;|$)/i,
  ics: /^text\/calendar(?:;|$)/i,
  todoist: /^text\/csv(?:;|$)/i,
}

/** Reads the file by its format; throws `invalid_request` for one that is none. */
export const readFile = async (text: string, query: ImportQuery): Promise<File> => {
  switch (query.format) {
    case 'json':
      return readJson(text)
    case 'ics':
      return readCalendar(text, query)
    case 'todoist':
      return readTodoist(text, query)
  }
}
