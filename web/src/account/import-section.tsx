import { type ChangeEvent, useId, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { ImportReportView } from './import-report.tsx'
import { Section } from './section.tsx'
import { useImport } from './use-import.ts'

/** A file taken in: tried first, shown line by line, and then made. */
export const ImportSection = () => {
  const { state, choose, make, reset } = useImport()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const { source, report, isBusy } = state

  const chosen = async ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? []
    if (file) await choose(file)
    // So that the same file can be chosen again, mended.
    currentTarget.value = ''
  }

  return (
    <Section
      title="Bring tasks in"
      lead="An export of Edgewise (JSON), a calendar with to-dos (.ics), or a project of Todoist (.csv). You see what would come of it before anything changes; importing twice doubles nothing."
    >
      <input
        ref={input}
        id={id}
        type="file"
        aria-label="File to import"
        accept=".json,.ics,.csv,application/json,text/calendar,text/csv"
        onChange={chosen}
        className="sr-only"
        tabIndex={-1}
      />
      <Button isBusy={isBusy} onClick={() => input.current?.click()}>
        {source ? 'Choose another file …' : 'Choose a file …'}
      </Button>
      <p role="status" className="mt-3 text-sm text-muted empty:hidden">
        {state.said}
      </p>
      <div role="alert" className="mt-3 max-w-prose text-sm text-danger empty:hidden">
        {state.problem}
      </div>
      {report && (
        <div className="mt-4 rounded-lg border border-line bg-raised p-4">
          {source && (
            <p className="mb-3 break-words text-sm text-muted">
              {source.name}: {source.file.name}
              {source.options.list && ` · into the list “${source.options.list}”`}
            </p>
          )}
          <ImportReportView report={report} />
          <div className="mt-4 flex flex-wrap gap-2">
            {report.dryRun && report.counts.refused === 0 && report.counts.added > 0 && (
              <Button kind="accent" isBusy={isBusy} onClick={make}>
                Import {report.counts.added === 1 ? 'one thing' : `${report.counts.added} things`}
              </Button>
            )}
            <Button onClick={reset}>{report.dryRun ? 'Cancel' : 'Done'}</Button>
          </div>
        </div>
      )}
    </Section>
  )
}
