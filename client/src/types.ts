import type { InferRequestType, InferResponseType } from 'hono/client'
import type { Api } from './connect.ts'

type V1 = Api['v1']
type Tasks = V1['tasks']
type Lists = V1['lists']
type Labels = V1['labels']

export type Task = InferResponseType<Tasks[':id']['$get'], 200>
export type NewTask = InferRequestType<Tasks['$post']>['json']
export type TaskPatch = InferRequestType<Tasks[':id']['$patch']>['json']
export type TaskMove = InferRequestType<Tasks[':id']['move']['$post']>['json']
export type TaskQuery = Omit<InferRequestType<Tasks['$get']>['query'], 'cursor'>
export type Completing = InferRequestType<Tasks[':id']['completion']['$post']>['query']

export type QuickText = InferRequestType<Tasks['quick']['$post']>['json']
export type QuickResult = InferResponseType<Tasks['quick']['$post'], 200 | 201>

export type List = InferResponseType<Lists[':id']['$get'], 200>
export type NewList = InferRequestType<Lists['$post']>['json']
export type ListPatch = InferRequestType<Lists[':id']['$patch']>['json']
export type ListMove = InferRequestType<Lists[':id']['move']['$post']>['json']
export type ListQuery = Omit<InferRequestType<Lists['$get']>['query'], 'cursor'>

export type Label = InferResponseType<Labels[':id']['$get'], 200>
export type NewLabel = InferRequestType<Labels['$post']>['json']
export type LabelPatch = InferRequestType<Labels[':id']['$patch']>['json']

export type Completion = InferResponseType<V1['completions']['$get'], 200>['items'][number]
export type CompletionQuery = Omit<InferRequestType<V1['completions']['$get']>['query'], 'cursor'>
export type Trashed = InferResponseType<V1['trash']['$get'], 200>['items'][number]
export type Restored = InferResponseType<V1['trash'][':id']['restoration']['$post'], 200>
export type Operation = InferRequestType<V1['batch']['$post']>['json']['operations'][number]
export type OperationResult = InferResponseType<V1['batch']['$post'], 200>['results'][number]
export type Changes = InferResponseType<V1['sync']['$get'], 200>
export type Change = Changes['changes'][number]
export type OwnSession = InferResponseType<V1['me']['sessions']['$get'], 200>['items'][number]
export type Purged = InferResponseType<V1['trash']['$delete'], 200>
export type ImportReport = InferResponseType<V1['import']['$post'], 200>
type ImportQuery = InferRequestType<V1['import']['$post']>['query']
export type ExportFormat = NonNullable<InferRequestType<V1['export']['$get']>['query']['format']>
export type Me = InferResponseType<V1['me']['$get'], 200>

/** A page of a list, and the way to the next one. */
export interface Page<T> {
  items: T[]
  nextCursor: string | null
}

export interface CallOptions {
  signal?: AbortSignal
}

export interface WriteOptions extends CallOptions {
  /** Names this write, so that it is made once however often it is sent; the client makes one up for each call. */
  idempotencyKey?: string
}

export interface ChangeOptions extends WriteOptions {
  /** The version that the change is meant for: another one is refused as `precondition_failed`. */
  ifVersion?: number | undefined
}

/** A page of an export: a file by itself. */
export interface ExportPage {
  name: string
  type: string
  text: string
}

export interface ExportOptions extends CallOptions {
  /** `json` is everything, for an import; `csv` and `ics` are the tasks that are not in the trash. */
  format?: ExportFormat
}

export interface ExportFileOptions extends ExportOptions {
  /** Told after each page how many there have been. */
  onPage?: (pages: number) => void
}

/** What kind of file it is and, of another program's, where its dates are meant and which list is to have its tasks. */
export interface ImportOptions
  extends CallOptions,
    Partial<Pick<ImportQuery, 'format' | 'timeZone' | 'list'>> {
  /** Only report what would come of it. */
  dryRun?: boolean
  /** Told after each part how many are done, and of how many. */
  onPart?: (done: number, parts: number) => void
}
