import type * as z from 'zod'
import { NewLabel } from '../labels/contract.ts'
import { NewList } from '../lists/contract.ts'
import { idFrom, type Place, type Read } from './entry.ts'

const SCHEMAS = { list: NewList.shape.name, label: NewLabel.shape.name }

/** Lists and labels that a file only names: each once, with an id that follows from its name, whatever its letter case. */
export const namesIn = () => {
  const entries = new Map<string, Read>()
  return {
    entries: (): Read[] => [...entries.values()],

    /** The id of that list or label. */
    idOf: (kind: 'list' | 'label', name: string, place: Place): string => {
      const id = idFrom(kind, name.trim().toLowerCase())
      if (entries.has(id)) return id
      entries.set(id, entryOf(kind, id, name, place))
      return id
    },
  }
}

const entryOf = (kind: 'list' | 'label', id: string, name: string, place: Place): Read => {
  const { data, error } = SCHEMAS[kind].safeParse(name)
  const about = { place, title: name.trim().slice(0, MAX_SHOWN_LENGTH).toWellFormed(), warnings: [] }
  if (data === undefined) return { ...about, kind, id: null, errors: misfitsOf(error) }
  const thing = { name: data }
  return kind === 'list' ? { ...about, kind, id, thing } : { ...about, kind, id, thing }
}

const MAX_SHOWN_LENGTH = 100

const misfitsOf = ({ issues }: z.ZodError) => issues.map(({ message }) => ({ path: 'name', message }))
