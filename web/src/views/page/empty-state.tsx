import type { View } from '../../tasks/view.ts'
import { icons } from '../../ui/icons.tsx'

type Kind = Exclude<View['kind'], 'search'>

const TEXTS: Record<Kind, [title: string, text: string]> = {
  inbox: [
    'The inbox is empty',
    'What you add without a list comes here first. Press q and write down what is on your mind.',
  ],
  today: [
    'Nothing left for today',
    'What is due today shows here, and whatever is late. Enjoy the rest of the day.',
  ],
  upcoming: [
    'Nothing is planned',
    'Say when, as in “call Ada on friday at 10”, and it shows here day by day.',
  ],
  list: [
    'Nothing to do here',
    'Add the first task above, or write # and this list’s name wherever you add one.',
  ],
  label: [
    'No task has this label',
    'Add one above, or write @ and the label’s name wherever you add a task.',
  ],
}

const MARKS = { ...icons, list: icons.completed, today: icons.completed }

/** What to say where there is nothing, so that one knows how to go on. */
export const EmptyState = ({ kind }: { kind: Kind }) => {
  const [title, text] = TEXTS[kind]
  return (
    <div className="mx-auto mt-14 max-w-80 text-center">
      <span className="mx-auto mb-4 grid size-14 place-items-center rounded-full bg-sunken text-muted [&_svg]:size-7">
        {MARKS[kind]}
      </span>
      <p className="font-medium">{title}</p>
      <p className="mt-1 text-sm text-balance text-muted">{text}</p>
    </div>
  )
}
