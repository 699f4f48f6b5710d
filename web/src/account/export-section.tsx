import { useRef, useState } from 'react'
import type { ExportFormat } from '../../../client/src/index.ts'
import { explain } from '../auth/failure.ts'
import { useEdgewise, usePicture } from '../replica/provider.tsx'
import { Button } from '../ui/button.tsx'
import { saveFile } from './save-file.ts'
import { Section } from './section.tsx'

const FORMATS: { format: ExportFormat; name: string; about: string }[] = [
  { format: 'json', name: 'Everything', about: 'JSON, which an import brings back as it was' },
  { format: 'csv', name: 'Table', about: 'CSV of your tasks, for a spreadsheet' },
  { format: 'ics', name: 'Calendar', about: 'iCalendar to-dos, for other programs' },
]

/** Everything as a file: all pages of it, of one moment. */
export const ExportSection = () => {
  const { unsent } = usePicture()
  const { state, run, cancel } = useExport()
  return (
    <Section title="Take your tasks with you" lead="Each of these is one file with all that you have.">
      <ul className="grid gap-2 sm:grid-cols-3">
        {FORMATS.map(({ format, name, about }) => (
          <li key={format} className="grid">
            <button
              type="button"
              aria-disabled={state.isBusy}
              onClick={() => !state.isBusy && run(format)}
              className="rounded-md border border-line bg-raised p-3 text-start hover:bg-sunken aria-disabled:cursor-progress aria-disabled:opacity-60"
            >
              <span className="block font-medium">{name}</span>
              <span className="block text-sm text-muted">{about}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap items-center gap-3 text-sm">
        <p role="status" className="text-muted empty:hidden">
          {state.said}
        </p>
        <p role="alert" className="text-danger empty:hidden">
          {state.problem}
        </p>
        {state.isBusy && <Button onClick={cancel}>Cancel</Button>}
        {unsent > 0 && <p className="text-muted">What is still to be sent is not in it.</p>}
      </div>
    </Section>
  )
}

interface ExportState {
  isBusy: boolean
  said: string
  problem: string
}

const useExport = () => {
  const edgewise = useEdgewise()
  const stop = useRef<AbortController>(undefined)
  const [state, setState] = useState<ExportState>({ isBusy: false, said: '', problem: '' })
  const say = (said: string, isBusy = false) => setState({ isBusy, said, problem: '' })

  const run = async (format: ExportFormat) => {
    stop.current = new AbortController()
    const { signal } = stop.current
    say('Collecting …', true)
    try {
      const onPage = (pages: number) => say(`Collecting … page ${pages}`, true)
      const file = await edgewise.exportFile({ format, signal, onPage })
      saveFile(file)
      say(`${file.name} is saved with your downloads.`)
    } catch (error) {
      if (signal.aborted) return say('')
      setState({ isBusy: false, said: '', problem: explain(error).message })
    }
  }
  return { state, run, cancel: () => stop.current?.abort() }
}
