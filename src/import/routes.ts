import { dataRoute, json, problems } from '../http/contract.ts'
import { problem } from '../http/problem.ts'
import { createRouter } from '../http/router.ts'
import { ImportQuery, ImportReport } from './contract.ts'
import { withoutDoubles } from './doubles.ts'
import { isEntry } from './entry.ts'
import { confirmNumber } from './limits.ts'
import { readFile, TYPES } from './read.ts'
import { errorsIn, reportOf } from './report.ts'
import { importsOf } from './repository.ts'

const textFile = (example: string) => ({ schema: { type: 'string' as const, example } })

const importData = dataRoute({
  operationId: 'importData',
  summary: 'Import a file, all of it or nothing',
  tags: ['Export and import'],
  method: 'post',
  path: '/',
  request: {
    query: ImportQuery,
    body: {
      required: true,
      content: {
        // By reference, as what does not fit is refused by the line: see `readJson`.
        'application/json': { schema: { $ref: '#/components/schemas/Export' } },
        'text/calendar': textFile('BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n'),
        'text/csv': textFile('TYPE,CONTENT,PRIORITY,INDENT\r\ntask,Buy milk,4,1\r\n'),
      },
    },
  },
  responses: {
    200: json(ImportReport, 'It is imported, or, in a dry run, what would come of it'),
    ...problems('invalid_request', 'conflict', 'quota_exceeded'),
  },
})

export const importRoutes = createRouter().openapi(importData, async (c) => {
  const query = c.req.valid('query')
  const { format, dryRun } = query
  if (!TYPES[format].test(c.req.header('Content-Type') ?? '')) throw problem('unsupported_media_type')
  const read = await readFile(await c.req.text(), query)
  const file = { ...read, entries: withoutDoubles(read.entries) }
  confirmNumber(file.entries.length)

  const isWhole = file.entries.every((entry) => isEntry(entry) || !('errors' in entry))
  const outcomes =
    dryRun || isWhole ? await importsOf(c.var.scope).take(file, { isTrial: dryRun }) : new Map()
  const report = reportOf(file.entries, outcomes, dryRun)
  if (!dryRun && report.counts.refused > 0) {
    const isFull = [...outcomes.values()].some(
      ({ outcome, code }) => outcome === 'refused' && code === 'EW429',
    )
    throw problem(isFull ? 'quota_exceeded' : 'invalid_request', { errors: errorsIn(report) })
  }
  return c.json(report, 200)
})
