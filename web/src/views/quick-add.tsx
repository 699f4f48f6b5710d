import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { NewTask, Operation, QuickResult } from '../../../client/src/index.ts'
import { useEdgewise, useReplica } from '../replica/provider.tsx'
import { nameOfDue } from '../tasks/due.ts'

interface QuickAddProps {
  /** What a task added here has, unless its words say otherwise. */
  defaults: Partial<NewTask>
  onAdded: () => void
}

type Understood = QuickResult['understood']

const ASKED_AFTER_MS = 200
/** For whoever presses Enter before the answer has come: without one, the words are taken as they are. */
const WAITED_MS = 1_500

/** One line for a task in plain words, and below it what they are understood to say. */
export const QuickAdd = ({ defaults, onAdded }: QuickAddProps) => {
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const replica = useReplica()
  const { understood, ask } = useUnderstood(text)

  const add = async (event: FormEvent) => {
    event.preventDefault()
    const words = text.trim()
    if (words === '') return
    setText('')
    const meant = await ask(words)
    await replica.make(...operationsFor(words, meant, defaults))
    onAdded()
    input.current?.focus()
  }

  return (
    <form
      onSubmit={add}
      className="rounded-lg border border-line bg-raised px-3 py-2.5 focus-within:border-accent"
    >
      <label className="sr-only" htmlFor="quick-add">
        Add a task
      </label>
      <input
        id="quick-add"
        ref={input}
        value={text}
        maxLength={500}
        autoComplete="off"
        placeholder="Add a task: Pay rent every 1st 9am #home !3"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
        className="w-full bg-transparent outline-none placeholder:text-muted"
      />
      <output className="block text-sm text-muted empty:hidden" aria-live="polite">
        {text.trim() !== '' && understood && <Reading understood={understood} />}
      </output>
    </form>
  )
}

const Reading = ({ understood: { due, recurrence, priority, list, labels } }: { understood: Understood }) => {
  const parts = [
    due && nameOfDue(due),
    recurrence && 'repeats',
    priority > 0 && `priority ${priority}`,
    list && `in ${list.name}${list.isNew ? ' (new)' : ''}`,
    ...labels.map(({ name, isNew }) => `@${name}${isNew ? ' (new)' : ''}`),
  ].filter((part) => typeof part === 'string')
  return parts.length > 0 && <span className="mt-1.5 block">{parts.join(' · ')}</span>
}

/** What the server understands of the words, some moments after they were typed. */
const useUnderstood = (text: string) => {
  const edgewise = useEdgewise()
  const [reading, setReading] = useState<{ of: string; understood: Understood }>()
  const words = text.trim()

  const read = async (of: string, signal: AbortSignal): Promise<Understood> => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const { understood } = await edgewise.tasks.quick({ text: of, timeZone, dryRun: true }, { signal })
    return understood
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked when the words change
  useEffect(() => {
    if (words === '') return
    const giveUp = new AbortController()
    const timer = setTimeout(() => {
      read(words, giveUp.signal)
        .then((understood) => setReading({ of: words, understood }))
        .catch(() => {})
    }, ASKED_AFTER_MS)
    return () => {
      clearTimeout(timer)
      giveUp.abort()
    }
  }, [words])

  return {
    understood: reading?.of === words ? reading.understood : undefined,
    ask: (of: string): Promise<Understood | undefined> =>
      reading?.of === of
        ? Promise.resolve(reading.understood)
        : read(of, AbortSignal.timeout(WAITED_MS)).catch(() => undefined),
  }
}

/** The task, and before it the list and labels that there are not yet. */
const operationsFor = (
  words: string,
  understood: Understood | undefined,
  defaults: Partial<NewTask>,
): Operation[] => {
  const id = crypto.randomUUID()
  if (!understood) return [{ operation: 'createTask', body: { ...defaults, id, title: words } }]
  const { title, due, recurrence, priority, list, labels } = understood
  const labelIds = [...new Set([...(defaults.labelIds ?? []), ...labels.map((label) => label.id)])]
  return [
    ...(list?.isNew ? [{ operation: 'createList' as const, body: { id: list.id, name: list.name } }] : []),
    ...labels
      .filter(({ isNew }) => isNew)
      .map((label) => ({ operation: 'createLabel' as const, body: { id: label.id, name: label.name } })),
    {
      operation: 'createTask',
      body: {
        ...defaults,
        id,
        title,
        priority: priorityOf(priority),
        due: due ?? defaults.due ?? null,
        recurrence,
        labelIds,
        ...(list && { listId: list.id, parentId: null }),
      },
    },
  ]
}

const priorityOf = (priority: number): 0 | 1 | 2 | 3 => {
  if (priority === 1 || priority === 2 || priority === 3) return priority
  return 0
}
