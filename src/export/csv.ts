import type { ExportedTask } from './contract.ts'
import type { ExportPage } from './page.ts'

type Named = readonly { id: string; name: string }[]

/** The tasks of a page as a table (RFC 4180): a row of names, then a row for each. No cell is a formula to a spreadsheet. */
export const toCsv = async ({ tasks, lists, labels }: ExportPage): Promise<string> => {
  const { stringify } = await import('csv-stringify/sync')
  const [listNames, labelNames] = [namesOf(lists), namesOf(labels)]
  return stringify(
    tasks.map((task) => rowOf(task, listNames, labelNames)),
    {
      header: true,
      columns: COLUMNS,
      record_delimiter: 'windows',
      quoted_match: LINE_END,
      escape_formulas: true,
    },
  )
}

/** The library quotes cells for the ends of its own lines only. */
const LINE_END = /[\r\n]/

const COLUMNS = [
  'id',
  'title',
  'notes',
  'priority',
  'due',
  'timeZone',
  'recurrence',
  'list',
  'labels',
  'parentId',
  'completedAt',
  'createdAt',
]

const rowOf = (task: ExportedTask, lists: Map<string, string>, labels: Map<string, string>) => {
  const { due } = task
  return {
    id: task.id,
    title: task.title,
    notes: task.notes,
    priority: String(task.priority),
    due: due === null ? '' : 'date' in due ? due.date : due.dateTime,
    timeZone: due && 'timeZone' in due ? due.timeZone : '',
    recurrence: task.recurrence?.rule ?? '',
    list: lists.get(task.listId ?? '') ?? '',
    labels: task.labelIds.map((id) => labels.get(id) ?? '').join(', '),
    parentId: task.parentId ?? '',
    completedAt: task.completedAt ?? '',
    createdAt: task.createdAt,
  }
}

const namesOf = (things: Named) => new Map(things.map(({ id, name }) => [id, name]))
