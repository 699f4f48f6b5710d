import type { Step } from '../db/transactions.ts'
import type { UserScope } from '../db/user-scope.ts'
import { WriteRefused } from '../db/write.ts'
import type { Label } from '../labels/contract.ts'
import { labelsOf } from '../labels/repository.ts'
import { labelView } from '../labels/view.ts'
import type { List } from '../lists/contract.ts'
import { listsOf } from '../lists/repository.ts'
import { listView } from '../lists/view.ts'
import { workedOut } from '../recurrence/work-out.ts'
import type { Task } from '../tasks/contract.ts'
import { tasksOf } from '../tasks/repository.ts'
import { taskView } from '../tasks/view.ts'
import type { Operation } from './contract.ts'

type Result = Task | List | Label | null

/** Makes all of one user's operations, in their order, or none. Throws `WriteRefused` with the step that cannot be made. */
export const carryOut = async (scope: UserScope, operations: readonly Operation[]): Promise<Result[]> => {
  const [tasks, lists, labels] = [tasksOf(scope), listsOf(scope), labelsOf(scope)]

  const stepOf = (asked: Prepared): Step<Result> => {
    const versions = 'ifVersion' in asked && asked.ifVersion !== undefined ? [asked.ifVersion] : undefined
    switch (asked.operation) {
      case 'createTask':
        return shown(tasks.add(asked.body), taskView)
      case 'changeTask':
        return shown(tasks.change(asked.id, asked.body, versions), taskView)
      case 'moveTask':
        return shown(tasks.move(asked.id, asked.body, versions), taskView)
      case 'deleteTask':
        return shown(tasks.remove(asked.id, versions), gone)
      case 'completeTask':
        return shown(tasks.complete(asked.id, asked, versions), taskView)
      case 'reopenTask':
        return shown(tasks.reopen(asked.id, versions), taskView)
      case 'createList':
        return shown(lists.add(asked.body), listView)
      case 'changeList':
        return shown(lists.change(asked.id, asked.body, versions), listView)
      case 'moveList':
        return shown(lists.move(asked.id, asked.body, versions), listView)
      case 'deleteList':
        return shown(lists.remove(asked.id, versions), gone)
      case 'createLabel':
        return shown(labels.add(asked.body), labelView)
      case 'changeLabel':
        return shown(labels.change(asked.id, asked.body, versions), labelView)
      case 'deleteLabel':
        return shown(labels.remove(asked.id, versions), gone)
    }
  }
  try {
    const prepared = await Promise.all(operations.map(prepare))
    return await scope.together(prepared.map(stepOf))
  } catch (error) {
    throw error instanceof WriteRefused ? inOperation(error, operations) : error
  }
}

type Prepared = Awaited<ReturnType<typeof prepare>>

/** The operation with what is to be worked out of rules first. */
const prepare = async (asked: Operation, step: number) => {
  try {
    if (asked.operation === 'createTask') return { ...asked, body: await workedOut(asked.body) }
    if (asked.operation === 'changeTask') return { ...asked, body: await workedOut(asked.body) }
    return asked
  } catch (error) {
    throw error instanceof WriteRefused
      ? new WriteRefused(error.refusal, { about: error.about, step })
      : error
  }
}

const gone = () => null

/** The same change, whose answer is what the API tells of it. */
const shown = <R>({ statement, read }: Step<R>, view: (row: R) => Result): Step<Result> => ({
  statement,
  read: (answer) => view(read(answer)),
})

/** The refusal, with the path of the operation that it is about, and of the field in it. */
const inOperation = (
  { refusal, about, step }: WriteRefused,
  operations: readonly Operation[],
): WriteRefused => {
  if (refusal === 'key reused') return new WriteRefused(refusal)
  const at = step ?? 0
  const operation = `operations.${at}`
  const fields = 'body' in (operations[at] ?? {}) ? `${operation}.body` : operation
  // What there is too much of is no field.
  return new WriteRefused(refusal, {
    about:
      about && refusal !== 'quota'
        ? { path: `${fields}.${about.path}`, message: about.message }
        : { path: operation, message: UNTOLD[refusal] },
  })
}

const UNTOLD: Record<WriteRefused['refusal'], string> = {
  missing: 'names nothing of yours',
  stale: 'is for another version',
  unfit: 'does not fit',
  conflict: 'is in conflict with something of yours',
  quota: 'is more than you may have',
  'key reused': '',
}
