import { answerOf, changing, done, everyItem, withSignal, writing } from './call.ts'
import type { Api } from './connect.ts'
import type {
  CallOptions,
  ChangeOptions,
  Changes,
  Completing,
  Completion,
  CompletionQuery,
  Label,
  LabelPatch,
  List,
  ListMove,
  ListPatch,
  ListQuery,
  Me,
  NewLabel,
  NewList,
  NewTask,
  Operation,
  OperationResult,
  OwnSession,
  Page,
  Purged,
  QuickResult,
  QuickText,
  Restored,
  Task,
  TaskMove,
  TaskPatch,
  TaskQuery,
  Trashed,
  WriteOptions,
} from './types.ts'

/** All that the API does with one user's things. Every call throws `EdgewiseError`. */
export const resources = ({ v1 }: Api) => {
  const task = v1.tasks[':id']
  const list = v1.lists[':id']
  const label = v1.labels[':id']
  const named = (id: string) => ({ param: { id } })

  const tasks = {
    page: (query: TaskQuery & { cursor?: string } = {}, options?: CallOptions): Promise<Page<Task>> =>
      answerOf(v1.tasks.$get({ query }, withSignal(options))),
    all: (query: TaskQuery = {}, options?: CallOptions): AsyncGenerator<Task> =>
      everyItem((cursor) => tasks.page({ ...query, ...(cursor && { cursor }) }, options)),
    get: (id: string, options?: CallOptions): Promise<Task> =>
      answerOf(task.$get({ ...named(id), header: {} }, withSignal(options))),
    add: (json: NewTask, options?: WriteOptions): Promise<Task> =>
      answerOf(v1.tasks.$post({ json, ...writing(options) }, withSignal(options))),
    /** By plain words; with `dryRun` the answer shows what would be made of them, and nothing is. */
    quick: (json: QuickText, options?: WriteOptions): Promise<QuickResult> =>
      answerOf(v1.tasks.quick.$post({ json, ...writing(options) }, withSignal(options))),
    change: (id: string, json: TaskPatch, options?: ChangeOptions): Promise<Task> =>
      answerOf(task.$patch({ ...named(id), json, ...changing(options) }, withSignal(options))),
    move: (id: string, json: TaskMove, options?: ChangeOptions): Promise<Task> =>
      answerOf(task.move.$post({ ...named(id), json, ...changing(options) }, withSignal(options))),
    /** Name the occurrence of a task that recurs, and a second click completes no other. */
    complete: (id: string, query: Completing = {}, options?: ChangeOptions): Promise<Task> =>
      answerOf(task.completion.$post({ ...named(id), query, ...changing(options) }, withSignal(options))),
    reopen: (id: string, options?: ChangeOptions): Promise<Task> =>
      answerOf(task.completion.$delete({ ...named(id), ...changing(options) }, withSignal(options))),
    /** Into the trash. */
    remove: (id: string, options?: ChangeOptions): Promise<void> =>
      done(task.$delete({ ...named(id), ...changing(options) }, withSignal(options))),
  }

  const lists = {
    page: (query: ListQuery & { cursor?: string } = {}, options?: CallOptions): Promise<Page<List>> =>
      answerOf(v1.lists.$get({ query }, withSignal(options))),
    all: (query: ListQuery = {}, options?: CallOptions): AsyncGenerator<List> =>
      everyItem((cursor) => lists.page({ ...query, ...(cursor && { cursor }) }, options)),
    get: (id: string, options?: CallOptions): Promise<List> =>
      answerOf(list.$get({ ...named(id), header: {} }, withSignal(options))),
    add: (json: NewList, options?: WriteOptions): Promise<List> =>
      answerOf(v1.lists.$post({ json, ...writing(options) }, withSignal(options))),
    change: (id: string, json: ListPatch, options?: ChangeOptions): Promise<List> =>
      answerOf(list.$patch({ ...named(id), json, ...changing(options) }, withSignal(options))),
    move: (id: string, json: ListMove, options?: ChangeOptions): Promise<List> =>
      answerOf(list.move.$post({ ...named(id), json, ...changing(options) }, withSignal(options))),
    remove: (id: string, options?: ChangeOptions): Promise<void> =>
      done(list.$delete({ ...named(id), ...changing(options) }, withSignal(options))),
  }

  const labels = {
    page: (query: { limit?: string; cursor?: string } = {}, options?: CallOptions): Promise<Page<Label>> =>
      answerOf(v1.labels.$get({ query }, withSignal(options))),
    all: (query: { limit?: string } = {}, options?: CallOptions): AsyncGenerator<Label> =>
      everyItem((cursor) => labels.page({ ...query, ...(cursor && { cursor }) }, options)),
    get: (id: string, options?: CallOptions): Promise<Label> =>
      answerOf(label.$get({ ...named(id), header: {} }, withSignal(options))),
    add: (json: NewLabel, options?: WriteOptions): Promise<Label> =>
      answerOf(v1.labels.$post({ json, ...writing(options) }, withSignal(options))),
    change: (id: string, json: LabelPatch, options?: ChangeOptions): Promise<Label> =>
      answerOf(label.$patch({ ...named(id), json, ...changing(options) }, withSignal(options))),
    remove: (id: string, options?: ChangeOptions): Promise<void> =>
      done(label.$delete({ ...named(id), ...changing(options) }, withSignal(options))),
  }

  const completions = {
    page: (
      query: CompletionQuery & { cursor?: string } = {},
      options?: CallOptions,
    ): Promise<Page<Completion>> => answerOf(v1.completions.$get({ query }, withSignal(options))),
    all: (query: CompletionQuery = {}, options?: CallOptions): AsyncGenerator<Completion> =>
      everyItem((cursor) => completions.page({ ...query, ...(cursor && { cursor }) }, options)),
  }

  const trash = {
    page: (query: { limit?: string; cursor?: string } = {}, options?: CallOptions): Promise<Page<Trashed>> =>
      answerOf(v1.trash.$get({ query }, withSignal(options))),
    all: (query: { limit?: string } = {}, options?: CallOptions): AsyncGenerator<Trashed> =>
      everyItem((cursor) => trash.page({ ...query, ...(cursor && { cursor }) }, options)),
    restore: (id: string, options?: WriteOptions): Promise<Restored> =>
      answerOf(v1.trash[':id'].restoration.$post({ ...named(id), ...writing(options) }, withSignal(options))),
    /** For good. */
    purge: (id: string, options?: WriteOptions): Promise<void> =>
      done(v1.trash[':id'].$delete({ ...named(id), ...writing(options) }, withSignal(options))),
    /** All of it for good, up to a thousand things: again while there are `more`. */
    empty: (options?: WriteOptions): Promise<Purged> =>
      answerOf(v1.trash.$delete(writing(options), withSignal(options))),
  }

  const sessions = {
    page: (
      query: { limit?: string; cursor?: string } = {},
      options?: CallOptions,
    ): Promise<Page<OwnSession>> => answerOf(v1.me.sessions.$get({ query }, withSignal(options))),
    all: (query: { limit?: string } = {}, options?: CallOptions): AsyncGenerator<OwnSession> =>
      everyItem((cursor) => sessions.page({ ...query, ...(cursor && { cursor }) }, options)),
    /** The current one, too: that is signing out. */
    end: (id: string, options?: WriteOptions): Promise<void> =>
      done(v1.me.sessions[':id'].$delete({ ...named(id), ...writing(options) }, withSignal(options))),
    endOthers: (options?: WriteOptions): Promise<void> =>
      done(v1.me.sessions.$delete(writing(options), withSignal(options))),
  }

  return {
    tasks,
    lists,
    labels,
    completions,
    trash,
    sessions,

    /** Up to a hundred changes, all or none: an error's `errors` name the operation. */
    batch: async (operations: Operation[], options?: WriteOptions): Promise<OperationResult[]> => {
      const answer = await answerOf(
        v1.batch.$post({ json: { operations }, ...writing(options) }, withSignal(options)),
      )
      return answer.results
    },

    /** What has changed since that token; without one, everything there is. */
    changes: (query: { since?: string; limit?: string } = {}, options?: CallOptions): Promise<Changes> =>
      answerOf(v1.sync.$get({ query }, withSignal(options))),

    me: (options?: CallOptions): Promise<Me> => answerOf(v1.me.$get({ header: {} }, withSignal(options))),
  }
}
