import { type KeyboardEvent, useState } from 'react'
import { usePicture } from '../../replica/provider.tsx'
import { labelNamed, usePlaceActions } from '../../tasks/use-place-actions.ts'
import { icons } from '../../ui/icons.tsx'
import { LABEL_NAME_MAX } from '../places/use-label-menu.tsx'

interface LabelsFieldProps {
  labelIds: readonly string[]
  onChange: (labelIds: readonly string[]) => void
}

const MAX_LABELS = 50

/** The task's labels, and a line to find another one or to make it. */
export const LabelsField = ({ labelIds, onChange }: LabelsFieldProps) => {
  const { labels } = usePicture()
  const { addLabel } = usePlaceActions()
  const [text, setText] = useState('')
  const words = text.trim()
  const sorted = [...labels.values()].sort((a, b) => a.name.localeCompare(b.name))
  const shown = sorted.filter(
    ({ id, name }) => labelIds.includes(id) || name.toLowerCase().includes(words.toLowerCase()),
  )

  const toggle = (id: string) => {
    if (labelIds.includes(id)) onChange(labelIds.filter((each) => each !== id))
    else if (labelIds.length < MAX_LABELS) onChange([...labelIds, id])
  }
  const take = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (words === '' || labelIds.length >= MAX_LABELS) return
    const id = labelNamed(labels, words)?.id ?? addLabel({ name: words, color: null })
    if (!labelIds.includes(id)) onChange([...labelIds, id])
    setText('')
  }

  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-muted">Labels</legend>
      <div className="flex max-h-40 flex-wrap items-center gap-1.5 overflow-y-auto">
        {shown.map(({ id, name, color }) => (
          <label
            key={id}
            className="relative flex min-h-8 max-w-full cursor-pointer items-center gap-1.5 rounded-full border border-line ps-2 pe-3 text-sm has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              checked={labelIds.includes(id)}
              onChange={() => toggle(id)}
              className="absolute inset-0 m-0 cursor-pointer opacity-0"
            />
            <span style={{ color: color ?? 'var(--muted)' }} className="[&_svg]:size-3.5">
              {labelIds.includes(id) ? icons.check : icons.label}
            </span>
            <span className="truncate">{name}</span>
          </label>
        ))}
        <input
          aria-label="Find or make a label"
          placeholder={labels.size > 0 ? 'Find or make one' : 'Make a label'}
          value={text}
          maxLength={LABEL_NAME_MAX}
          autoComplete="off"
          enterKeyHint="done"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={take}
          className="min-h-8 w-40 bg-transparent px-1 text-sm outline-none placeholder:text-muted"
        />
      </div>
      {words !== '' && (
        <p className="mt-1 text-xs text-muted" aria-live="polite">
          Enter {labelNamed(labels, words) ? `adds “${words}”` : `makes the label “${words}”`}
        </p>
      )}
    </fieldset>
  )
}
