import { v5 as uuidv5 } from 'uuid'
import type { ExportedCompletion, ExportedLabel, ExportedList, ExportedTask } from '../export/contract.ts'
import type { FieldError } from '../http/problem.ts'
import type { Kind } from './contract.ts'

/** Where in the file it stands. */
export type Place = { line: number } | { index: number }

interface About {
  place: Place
  id: string
  title: string
  warnings: string[]
}

/** A list or label that is only named: one of that name is meant, or made. */
type Named = { name: string }

export interface ListEntry extends About {
  kind: 'list'
  thing: ExportedList | Named
}

export interface LabelEntry extends About {
  kind: 'label'
  thing: ExportedLabel | Named
}

/** What other programs' files do not say of a task is left to be found. */
export type ImportedTask = Omit<ExportedTask, 'position' | 'createdAt' | 'updatedAt'> & {
  position?: string
  createdAt?: string | undefined
}

export interface TaskEntry extends About {
  kind: 'task'
  thing: ImportedTask
  /** The id of the completion that the history is to have of it. */
  completion?: string | undefined
}

export interface CompletionEntry extends About {
  kind: 'completion'
  thing: ExportedCompletion
}

/** What cannot be taken, and why. */
interface RefusedEntry extends Omit<About, 'id'> {
  kind: Kind | null
  id: string | null
  errors: FieldError[]
}

/** What there is no use for. */
interface IgnoredEntry extends Omit<About, 'id'> {
  kind: null
  id: null
}

export type Entry = ListEntry | LabelEntry | TaskEntry | CompletionEntry
export type Read = Entry | RefusedEntry | IgnoredEntry

/** A file as it was read: its entries in their order. */
export interface File {
  entries: Read[]
  /** Whether links that lead nowhere are let go, with a warning. */
  isLenient: boolean
  /** The last task of the page before. */
  follows: { id: string; position: string } | null
}

export const isEntry = (read: Read): read is Entry => 'thing' in read

const NAMESPACE = '6f0b7a52-6f52-4c5e-9a5b-6a1a4d0b1c3e'

/** The id of what has none of ours: the same for the same words. */
export const idFrom = (...words: string[]): string => uuidv5(JSON.stringify(words), NAMESPACE)
