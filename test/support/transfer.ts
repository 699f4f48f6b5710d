import type { ExportFile } from '../../src/export/contract.ts'
import type { ImportReport } from '../../src/import/contract.ts'
import type { Person } from './person.ts'

export type Caller = Pick<Person, 'send'>

/** Every page of the person's export, as it comes. */
export const pagesOf = async (person: Caller): Promise<ExportFile[]> => {
  const pages: ExportFile[] = []
  for (let path: string | null = '/v1/export'; path !== null; ) {
    const answer: Response = await person.send('GET', path)
    if (!answer.ok) throw new Error(`an export answered ${answer.status}: ${await answer.text()}`)
    const page: ExportFile = await answer.json()
    pages.push(page)
    path = page.next
  }
  return pages
}

/** All that the person has, but for what an import makes anew. */
export const everythingOf = async (person: Caller) => {
  const pages = await pagesOf(person)
  return {
    lists: pages[0]?.lists,
    labels: pages[0]?.labels,
    tasks: pages.flatMap(({ tasks }) => tasks).map(({ updatedAt: _, ...task }) => task),
    completions: pages.flatMap(({ completions }) => completions),
  }
}

const TYPES = { json: 'application/json', ics: 'text/calendar', todoist: 'text/csv' }

/** Sends a file to be imported. */
export const importing = (
  person: Caller,
  file: unknown,
  { format = 'json', headers = {}, ...query }: Options = {},
): Promise<Response> =>
  person.send('POST', `/v1/import?${new URLSearchParams({ format, ...query })}`, file, {
    'Content-Type': TYPES[format],
    ...headers,
  })

interface Options {
  format?: keyof typeof TYPES
  headers?: Record<string, string>
  dryRun?: string
  timeZone?: string
  list?: string
}

/** The report of an import that must succeed. */
export const imported = async (person: Caller, file: unknown, options?: Options): Promise<ImportReport> => {
  const answer = await importing(person, file, options)
  if (answer.status !== 200) throw new Error(`an import answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}
