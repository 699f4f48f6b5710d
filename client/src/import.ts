import { joinedReport, partsOf } from './import-parts.ts'
import type { ImportOptions, ImportReport } from './types.ts'

const TYPES = { json: 'application/json', ics: 'text/calendar', todoist: 'text/csv' }

/**
 * Imports a file. An export that is more than the server takes at once goes there in parts, in its order: each is made as a whole or
 * not at all. When one fails the call throws, and the parts before it are there; importing the file again doubles nothing.
 */
export const imports =
  (fetch: typeof globalThis.fetch, baseUrl: string) =>
  async (
    file: Blob | string,
    { dryRun = false, onPart = () => {}, format = 'json', signal, ...source }: ImportOptions = {},
  ): Promise<ImportReport> => {
    const text = typeof file === 'string' ? file : await file.text()
    const parts = format === 'json' ? partsOf(text) : [{ text }]
    const url = new URL('/v1/import', baseUrl)
    for (const [name, value] of Object.entries({ format, dryRun, ...source }))
      if (value !== undefined) url.searchParams.set(name, String(value))

    const reports: ImportReport[] = []
    for (const { text: body } of parts) {
      const headers = { 'Content-Type': TYPES[format], 'Idempotency-Key': crypto.randomUUID() }
      const answer = await fetch(url, { method: 'POST', headers, body, ...(signal && { signal }) })
      reports.push(await answer.json())
      onPart(reports.length, parts.length)
    }
    return joinedReport(reports, parts)
  }
