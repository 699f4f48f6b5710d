import { useState } from 'react'
import { EdgewiseError, type ImportReport } from '../../../client/src/index.ts'
import { explain } from '../auth/failure.ts'
import { useEdgewise, useReplica } from '../replica/provider.tsx'
import { type Source, sourceOf } from './source-of.ts'

interface ImportState {
  source?: Source
  /** Of the trial, and then of the import itself. */
  report?: ImportReport
  isBusy: boolean
  said: string
  problem: string
}

const IDLE: ImportState = { isBusy: false, said: '', problem: '' }

/** A file's way in: chosen and tried, then made, in as many parts as it takes. */
export const useImport = () => {
  const edgewise = useEdgewise()
  const replica = useReplica()
  const [state, setState] = useState(IDLE)

  const send = async (source: Source, dryRun: boolean): Promise<ImportReport> => {
    const doing = dryRun ? 'Reading' : 'Importing'
    const onPart = (done: number, parts: number) =>
      parts > 1 && setState((now) => ({ ...now, said: `${doing} … ${done} of ${parts} parts` }))
    setState((now) => ({ ...now, isBusy: true, said: `${doing} …`, problem: '' }))
    return edgewise.import(source.file, { ...source.options, dryRun, onPart })
  }

  const choose = async (file: File) => {
    setState({ ...IDLE, isBusy: true, said: 'Reading …' })
    try {
      const source = await sourceOf(file)
      setState({ ...IDLE, source, report: await send(source, true) })
    } catch (error) {
      setState({ ...IDLE, problem: wordsOf(error) })
    }
  }

  const make = async () => {
    const { source } = state
    if (!source || state.isBusy) return
    try {
      const report = await send(source, false)
      setState({ ...IDLE, source, report, said: 'It is all there.' })
    } catch (error) {
      const problem = `${wordsOf(error)} Import the file again to go on: nothing is doubled.`
      setState((now) => ({ ...now, isBusy: false, said: '', problem }))
    }
    await replica.keepUp()
  }

  return { state, choose, make, reset: () => setState(IDLE) }
}

const wordsOf = (error: unknown): string => {
  if (!(error instanceof EdgewiseError)) return error instanceof Error ? error.message : ''
  const [first] = error.errors
  const { message } = explain(error)
  if (error.code === 'payload_too_large')
    return 'This file is more than can be taken in at once: export it in parts.'
  return [message, first && `${first.path} ${first.message}`.trim()].filter(Boolean).join(' ')
}
