import { type FormEvent, useId, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { FIELD } from '../../ui/classes.ts'
import type { TypedText } from './typed-text.ts'

interface TextFormProps {
  text: TypedText
  onSave: (text: TypedText) => void
  onCancel: () => void
}

/** The words of what was not saved, to be put right. Too many are not cut off here: nobody would see what is lost. */
export const TextForm = ({ text, onSave, onCancel }: TextFormProps) => {
  const [title, setTitle] = useState(text.title)
  const [notes, setNotes] = useState(text.notes)
  const id = useId()
  const save = (event: FormEvent) => {
    event.preventDefault()
    onSave({ title: title?.trim(), notes })
  }

  return (
    <form onSubmit={save} className="mt-3 grid gap-3">
      {title !== undefined && (
        <div>
          <label htmlFor={`${id}-title`} className="mb-1 block text-sm font-medium">
            Text
          </label>
          <textarea
            id={`${id}-title`}
            dir="auto"
            // biome-ignore lint/a11y/noAutofocus: it was opened to be edited
            autoFocus
            required
            value={title}
            rows={1}
            onChange={(event) => setTitle(event.target.value.replaceAll('\n', ' '))}
            className={`${FIELD} field-sizing-content block w-full resize-none`}
          />
        </div>
      )}
      {notes !== undefined && (
        <div>
          <label htmlFor={`${id}-notes`} className="mb-1 block text-sm font-medium">
            Notes
          </label>
          <textarea
            id={`${id}-notes`}
            dir="auto"
            // biome-ignore lint/a11y/noAutofocus: it was opened to be edited
            autoFocus={title === undefined}
            value={notes}
            rows={3}
            onChange={(event) => setNotes(event.target.value)}
            className={`${FIELD} field-sizing-content block max-h-80 w-full resize-none`}
          />
        </div>
      )}
      <div className="flex gap-2">
        <Button type="submit" kind="accent">
          Save
        </Button>
        <Button kind="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
