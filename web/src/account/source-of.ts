import type { ImportOptions } from '../../../client/src/index.ts'

/** A file that somebody chose, and what it is to the server. */
export interface Source {
  file: File
  name: string
  options: Pick<ImportOptions, 'format' | 'timeZone' | 'list'>
}

/** What kind of file it is, by its name and its first line. Throws a sentence for one that cannot be imported. */
export const sourceOf = async (file: File): Promise<Source> => {
  const start = (await file.slice(0, 1_000).text()).trimStart()
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  if (/^\{/.test(start)) return { file, name: 'An export of Edgewise', options: { format: 'json' } }
  if (/^BEGIN:VCALENDAR/i.test(start))
    return { file, name: 'A calendar', options: { format: 'ics', timeZone } }
  if (/^id,title,notes,/.test(start))
    throw new Error('This table is for spreadsheets. Import the file with everything (JSON) instead.')
  if (/^"?TYPE"?,/i.test(start)) {
    const list = listNamedBy(file.name)
    return {
      file,
      name: 'A project of Todoist',
      options: { format: 'todoist', timeZone, ...(list && { list }) },
    }
  }
  throw new Error('This is no export of Edgewise, no calendar, and no project of Todoist.')
}

/** Todoist calls the file as the project, with its number in brackets. */
const listNamedBy = (fileName: string): string =>
  fileName
    .replace(/\.csv$/i, '')
    .replace(/ ?\[\d+\]$/, '')
    .trim()
