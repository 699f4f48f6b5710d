import { z } from '@hono/zod-openapi'
import { dataRoute, json, problems } from '../http/contract.ts'
import { readCursor, writeCursor } from '../http/cursor.ts'
import { problem } from '../http/problem.ts'
import { createRouter } from '../http/router.ts'
import { ExportFile, type ExportFormat, ExportQuery } from './contract.ts'
import { toCsv } from './csv.ts'
import { toICalendar } from './icalendar.ts'
import { type ExportPage, pageOf } from './page.ts'
import { COMPLETIONS, exportOf, type Place } from './pages.ts'
import { isPosition } from './position.ts'

const TYPES = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  ics: 'text/calendar; charset=utf-8',
}

const page = json(
  ExportFile,
  'A page of it, complete by itself. A `Link` with `rel="next"` names the next one, if there is one',
  { 'Content-Disposition': 'A name for the file' },
)

const exportData = dataRoute({
  operationId: 'exportData',
  summary: 'Export all that you have, in pages',
  tags: ['Export and import'],
  method: 'get',
  path: '/',
  request: { query: ExportQuery },
  responses: {
    200: {
      ...page,
      content: {
        ...page.content,
        [TYPES.csv]: { schema: { type: 'string' } },
        [TYPES.ics]: { schema: { type: 'string' } },
      },
    },
    ...problems('invalid_request', 'invalid_cursor', 'conflict'),
  },
})

const CHANGED = {
  path: 'cursor',
  message: 'is of an export that began before something was changed: begin anew, without it',
}

export const exportRoutes = createRouter().openapi(exportData, async (c) => {
  const { format, cursor } = c.req.valid('query')
  const mark = cursor === undefined ? undefined : markIn(format, cursor)
  const rows = await exportOf(c.var.scope).page({ after: mark?.place, everything: format === 'json' })
  const lastWrite = rows[0]?.last_write ?? 0
  if (mark && mark.lastWrite !== lastWrite) throw problem('conflict', { errors: [CHANGED] })

  const page = pageOf(rows)
  const exportedAt = mark?.exportedAt ?? new Date().toISOString()
  const next =
    page.end && pathOf(c.req.path, format, cursorOf(format, { lastWrite, exportedAt, place: page.end }))
  if (next) c.header('Link', `<${next}>; rel="next"`)
  c.header('Content-Disposition', `attachment; filename="edgewise-${exportedAt.slice(0, 10)}.${format}"`)
  c.header('Content-Type', TYPES[format])
  // The type of a route's answers is that of its JSON.
  return c.body(await WRITERS[format](page, { exportedAt, follows: followed(mark), next }), 200) as never
})

interface Mark {
  /** The user's last write when the export began: all pages are of the same moment, or there are none. */
  lastWrite: number
  exportedAt: string
  place: Place
}

interface Head {
  exportedAt: string
  follows: ExportFile['follows']
  next: string | undefined
}

const WRITERS: Record<ExportFormat, (page: ExportPage, head: Head) => string | Promise<string>> = {
  json: ({ end: _, timesLeft: __, ...things }, { exportedAt, follows, next = null }) =>
    JSON.stringify({
      format: 'edgewise',
      formatVersion: 1,
      exportedAt,
      follows,
      next,
      ...things,
    } satisfies ExportFile),
  csv: toCsv,
  ics: toICalendar,
}

/** The task that a page begins after. */
const followed = (mark: Mark | undefined): ExportFile['follows'] =>
  mark && mark.place.stage < COMPLETIONS ? { id: mark.place.id, position: mark.place.key } : null

const pathOf = (path: string, format: ExportFormat, cursor: string) =>
  `${path}?format=${format}&cursor=${cursor}`

const queryOf = (format: ExportFormat) => `export?format=${format}`

const cursorOf = (format: ExportFormat, { lastWrite, exportedAt, place: { stage, key, id } }: Mark): string =>
  writeCursor(queryOf(format), [String(lastWrite), exportedAt, String(stage), key, id])

const moment = z.iso.datetime({ precision: 3 }).regex(/^(?!0000)/)
const PLACES = z
  .tuple([z.string().regex(/^\d{1,15}$/), moment, z.string().regex(/^[1-6]$/), z.string(), z.uuid()])
  .refine(([, , stage, key]) =>
    Number(stage) === COMPLETIONS ? moment.safeParse(key).success : isPosition(key),
  )

const markIn = (format: ExportFormat, cursor: string): Mark => {
  const [lastWrite, exportedAt, stage, key, id] = readCursor(queryOf(format), cursor, PLACES)
  return { lastWrite: Number(lastWrite), exportedAt, place: { stage: Number(stage), key, id } }
}
