import type { ImportQuery } from './contract.ts'
import { type File, type ImportedTask, idFrom, type Read } from './entry.ts'
import { namesIn } from './names.ts'
import { dateIn } from './plain-date.ts'
import { withNote } from './recurrence.ts'
import { BLANK, taskEntry } from './task.ts'
import { readRows, type TodoistRow } from './todoist-rows.ts'

/** Levels of tasks. */
const DEEPEST = 5

interface Draft {
  task: ImportedTask
  line: number
  warnings: string[]
}

/**
 * Reads a project of Todoist's, as it exports one: tasks with those below them, sections as lists, comments as further notes.
 * Throws `invalid_request`, with the line, for what is none.
 */
export const readTodoist = async (text: string, query: ImportQuery): Promise<File> => {
  const rows = await readRows(text)
  const names = namesIn()
  const counts = new Map<string, number>()
  const read: (Draft | Read)[] = []
  let above: { indent: number; draft: Draft; path: string[] }[] = []
  let section = ''
  let latest: Draft | undefined

  for (const row of rows) {
    const { line, cell } = row
    const content = cell('CONTENT')
    switch (cell('TYPE').toLowerCase()) {
      case 'task': {
        const indent = Math.min(Math.max(Number.parseInt(cell('INDENT'), 10) || 1, 1), DEEPEST)
        above = above.filter((one) => one.indent < indent)
        const parent = above.at(-1)
        const path = [...(parent?.path ?? [query.list ?? '', section]), content]
        const nth = counts.get(JSON.stringify(path)) ?? 0
        counts.set(JSON.stringify(path), nth + 1)
        latest = await draftOf(row, query, names)
        latest.task = {
          ...latest.task,
          id: idFrom('todoist', ...path, String(nth)),
          parentId: parent?.draft.task.id ?? null,
          listId: listOf(query.list, section, names, line),
        }
        above.push({ indent, draft: latest, path: [...path, String(nth)] })
        read.push(latest)
        break
      }
      case 'section':
        section = content
        above = []
        latest = undefined
        break
      case 'note':
        if (latest) latest.task = withNote(latest.task, content)
        else if (content) read.push(ignored(line, content, 'is a comment on no task'))
        break
      case 'meta':
      case '':
        if (content && !cell('TYPE')) read.push(ignored(line, content, 'is of no type'))
        break
      default:
        read.push(ignored(line, content, 'is of a type that is not known'))
    }
  }
  const tasks = read.map((one) =>
    'task' in one ? taskEntry(one.task, { line: one.line }, one.warnings) : one,
  )
  return { isLenient: true, follows: null, entries: [...names.entries(), ...tasks] }
}

const ignored = (line: number, title: string, warning: string): Read => ({
  place: { line },
  kind: null,
  id: null,
  title: title.slice(0, 100).toWellFormed(),
  warnings: [warning],
})

/** A section is a list of its own, called after its project if the caller has said how that is called. */
const listOf = (
  list: string | undefined,
  section: string,
  names: ReturnType<typeof namesIn>,
  line: number,
): string | null => {
  const name = [list, section].filter(Boolean).join(': ')
  return name ? names.idOf('list', name, { line }) : null
}

const draftOf = async (
  { line, cell }: TodoistRow,
  query: ImportQuery,
  names: ReturnType<typeof namesIn>,
): Promise<Draft> => {
  const { title, labels } = titleIn(cell('CONTENT'))
  const date = await dateIn(cell('DATE'), {
    language: cell('DATE_LANG'),
    timeZone: cell('TIMEZONE') || query.timeZone,
    nowMs: Date.now(),
  })
  const warnings: string[] = [...(date.isRead ? [] : [UNREAD_DATE])]
  const duration = cell('DURATION')
  const notes = [
    ...(date.isRead ? [] : [cell('DATE')]),
    ...(duration && duration !== 'None' ? [`Duration: ${duration} ${cell('DURATION_UNIT')}`.trim()] : []),
    ...(cell('DEADLINE') ? [`Deadline: ${cell('DEADLINE')}`] : []),
  ]
  if (cell('DEADLINE')) warnings.push('its deadline is in the notes')
  const task: ImportedTask = {
    ...BLANK,
    id: '',
    title: title || 'Untitled',
    notes: cell('DESCRIPTION'),
    priority: PRIORITIES[cell('PRIORITY')] ?? 0,
    due: date.due,
    recurrence: date.recurrence,
    labelIds: [...new Set(labels.map((name) => names.idOf('label', name, { line })))],
  }
  return { line, warnings, task: notes.reduce((with_, note) => withNote(with_, note), task) }
}

const UNREAD_DATE = 'its date was not understood: it is in the notes'

/** 1 is the highest of four. */
const PRIORITIES: Record<string, 1 | 2 | 3> = { '1': 3, '2': 2, '3': 1 }

/** What a task is called, without the labels in it; all of it, if there is nothing else. */
const titleIn = (content: string): { title: string; labels: string[] } => ({
  title: content.replaceAll(LABEL, '').trim() || content,
  labels: [...content.matchAll(LABEL)].map(([, name = '']) => name),
})

/** A word of its own, with the space before it. */
const LABEL = /(?:^|\s)@([^\s@]+)(?=\s|$)/g
