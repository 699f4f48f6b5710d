import { EdgewiseError } from './error.ts'
import type { ExportFileOptions, ExportFormat, ExportOptions, ExportPage } from './types.ts'

/** Somebody who goes on working meanwhile may get in the way of an export, but hardly so often. */
const MAX_ATTEMPTS = 5

/** Everything of one user's, to take along. */
export const exports = (fetch: typeof globalThis.fetch, baseUrl: string) => {
  /** The pages, each a file by itself, all of one moment. Throws `conflict` when something is changed meanwhile: begin anew. */
  async function* pages({ format = 'json', signal }: ExportOptions = {}): AsyncGenerator<ExportPage> {
    let path: string | undefined = `/v1/export?format=${format}`
    while (path !== undefined) {
      const answer: Response = await fetch(new URL(path, baseUrl), signal && { signal })
      yield {
        name: nameIn(answer.headers.get('Content-Disposition')) ?? `edgewise.${format}`,
        type: answer.headers.get('Content-Type') ?? '',
        text: await answer.text(),
      }
      path = nextIn(answer.headers.get('Link'))
    }
  }

  return {
    export: pages,
    /** All pages as one file, of one moment: it begins anew when something is changed meanwhile. */
    exportFile: async ({
      format = 'json',
      onPage = () => {},
      ...options
    }: ExportFileOptions = {}): Promise<File> => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          const read: ExportPage[] = []
          for await (const page of pages({ format, ...options })) onPage(read.push(page))
          const { name = '', type = '' } = read[0] ?? {}
          return new File([JOINED[format](read.map(({ text }) => text))], name, { type })
        } catch (error) {
          if (!isOvertaken(error) || attempt >= MAX_ATTEMPTS) throw error
        }
      }
    },
  }
}

const isOvertaken = (error: unknown): boolean => error instanceof EdgewiseError && error.code === 'conflict'

const nameIn = (disposition: string | null) => /filename="([^"]*)"/.exec(disposition ?? '')?.[1]

const nextIn = (link: string | null) => /<([^<>]*)>; rel="next"/.exec(link ?? '')?.[1]

interface Parsed {
  tasks: unknown[]
  completions: unknown[]
}

/** How pages become one. */
const JOINED: Record<ExportFormat, (texts: string[]) => string> = {
  // Lists and labels are the same on each page.
  json: (texts) => {
    const pages = texts.map((text): Parsed => JSON.parse(text))
    const [tasks, completions] = [
      pages.flatMap((page) => page.tasks),
      pages.flatMap((page) => page.completions),
    ]
    return JSON.stringify({ ...pages[0], next: null, tasks, completions })
  },
  // The first row names the columns.
  csv: ([first = '', ...others]) =>
    [first, ...others.map((text) => text.slice(text.indexOf('\r\n') + 2))].join(''),
  ics: (texts) => {
    const blocks = texts.flatMap((text) => text.replace(CALENDAR_END, '').split(COMPONENT))
    const head = blocks[0] ?? ''
    const todos = blocks.filter((block) => block.startsWith('BEGIN:VTODO'))
    return [head, ...joinedZones(blocks), ...todos, 'END:VCALENDAR\r\n'].join('')
  },
}

// No line of text begins like these: its own line ends are escaped, and what is folded begins with a space.
const COMPONENT = /^(?=BEGIN:(?:VTODO|VTIMEZONE)\r$)/m
const OBSERVANCE = /^(?=(?:BEGIN:(?:STANDARD|DAYLIGHT)|END:VTIMEZONE)\r$)/m
const CALENDAR_END = /END:VCALENDAR\r\n$/

/** A place may be told once only (RFC 5545, 3.6.5), with what all pages know of its clocks. */
const joinedZones = (blocks: string[]): string[] => {
  const zones = new Map<string, Set<string>>()
  for (const block of blocks) {
    const [name = '', ...rest] = block.split(OBSERVANCE)
    if (!name.startsWith('BEGIN:VTIMEZONE')) continue
    zones.set(name, new Set([...(zones.get(name) ?? []), ...rest.slice(0, -1)]))
  }
  return [...zones].map(([name, observances]) => [name, ...observances, 'END:VTIMEZONE\r\n'].join(''))
}
