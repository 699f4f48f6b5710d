import { useState } from 'react'
import type { ImportReport } from '../../../client/src/index.ts'
import { Button } from '../ui/button.tsx'

type Line = ImportReport['lines'][number]

/** As many lines as are shown at once. */
const SHOWN = 50

/** What comes of an import: the sums, then what needs a look, then everything. */
export const ImportReportView = ({ report }: { report: ImportReport }) => {
  const { dryRun, counts, lines } = report
  const refused = lines.filter(({ outcome }) => outcome === 'refused')
  const warned = lines.filter(({ outcome, warnings = [] }) => outcome !== 'refused' && warnings.length > 0)
  return (
    <div className="grid gap-4">
      <p className="font-medium">{summaryOf(counts, dryRun)}</p>
      {refused.length > 0 && (
        <div>
          <p className="mb-1 text-sm text-danger">
            Nothing is imported while something in the file is refused. Mend it, and choose it again.
          </p>
          <Lines lines={refused} />
        </div>
      )}
      {warned.length > 0 && (
        <div>
          <p className="mb-1 text-sm text-muted">Not all of these could be taken as it was:</p>
          <Lines lines={warned} />
        </div>
      )}
      <details>
        <summary className="cursor-pointer text-sm text-muted hover:text-ink">
          All lines of the report
        </summary>
        <Lines lines={lines} />
      </details>
    </div>
  )
}

const Lines = ({ lines }: { lines: Line[] }) => {
  const [shown, setShown] = useState(SHOWN)
  return (
    <>
      <ul className="mt-1 divide-y divide-line/70 text-sm">
        {lines.slice(0, shown).map((line, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a report stays as it is
          <li key={at} className="py-1.5">
            <span className="flex flex-wrap gap-x-2">
              <span dir="auto" className="min-w-0 break-words">
                {line.title || 'Without a title'}
              </span>
              <span className="ms-auto text-muted">
                {[line.line !== undefined && `line ${line.line}`, line.kind, line.outcome]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            {line.errors?.map(({ path, message }) => (
              <span key={path + message} className="block text-danger">
                {path} {message}
              </span>
            ))}
            {line.warnings?.map((warning) => (
              <span key={warning} className="block text-muted">
                {warning}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {lines.length > shown && (
        <Button kind="quiet" className="mt-2 text-sm" onClick={() => setShown(shown + 10 * SHOWN)}>
          Show more ({lines.length - shown} left)
        </Button>
      )}
    </>
  )
}

const summaryOf = (
  { added, alreadyThere, refused, ignored }: ImportReport['counts'],
  dryRun: boolean,
): string => {
  const parts = [
    `${added} ${dryRun ? 'to add' : 'added'}`,
    alreadyThere > 0 && `${alreadyThere} there already`,
    refused > 0 && `${refused} refused`,
    ignored > 0 && `${ignored} of no use here`,
  ]
  return parts.filter(Boolean).join(', ')
}
