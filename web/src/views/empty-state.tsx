import type { View } from '../tasks/view.ts'

const TEXTS: Record<View['kind'], [title: string, text: string]> = {
  inbox: ['Nothing waits here', 'What you add without a list comes to the inbox. Press q and write it down.'],
  today: ['Nothing left for today', 'What is due today shows here, and what is late.'],
  upcoming: ['Nothing is planned', 'Add a day to a task, as in “call Ada on friday”, and it shows here.'],
  list: ['This list is empty', 'Press q to add its first task.'],
  label: ['No task has this label', 'Write @ and its name when you add a task.'],
  search: ['', ''],
}

/** What to say where there is nothing, so that one knows how to go on. */
export const EmptyState = ({ view }: { view: View }) => {
  if (view.kind === 'search') {
    return (
      <p className="mt-10 text-center text-muted">
        {view.text.trim() === ''
          ? 'Type to search your tasks and their notes.'
          : 'No task has all of these words.'}
      </p>
    )
  }
  const [title, text] = TEXTS[view.kind]
  return (
    <div className="mt-16 text-center">
      <p className="text-lg font-medium">{title}</p>
      <p className="mx-auto mt-1 max-w-sm text-muted">{text}</p>
    </div>
  )
}
