import { type KeyboardEvent, useId } from 'react'
import type { Task } from '../../../../client/src/index.ts'
import { useTaskActions } from '../../tasks/use-task-actions.ts'
import { Button } from '../../ui/button.tsx'
import { DueFields } from './due-fields.tsx'
import { LabelsField } from './labels-field.tsx'
import { PlaceFields } from './place-fields.tsx'
import { RepeatFields } from './repeat-fields.tsx'
import { Subtasks } from './subtasks.tsx'
import { useDraft } from './use-draft.ts'

/** A task opened where it stands: all that can be changed of it. */
export const TaskEditor = ({ task, onClose }: { task: Task; onClose: () => void }) => {
  const { remove } = useTaskActions()
  const { draft, refusal, faults, set, save, discard } = useDraft(task, onClose)
  const faultId = useId()

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    const isSaved = event.key === 'Escape' || (event.key === 'Enter' && (event.metaKey || event.ctrlKey))
    if (!isSaved || event.nativeEvent.isComposing) return
    event.preventDefault()
    save()
  }

  return (
    <li className="-mx-2 my-2">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
        onKeyDown={onKeyDown}
        aria-label={`Edit ${task.title}`}
        className="appearing grid grid-cols-1 gap-3.5 rounded-lg border border-line bg-raised p-4 shadow-md"
      >
        {refusal && (
          <p role="alert" className="rounded-md bg-sunken px-3 py-2 text-sm text-danger">
            This was not saved: {refusal}
          </p>
        )}
        <div>
          <textarea
            aria-label="Title"
            dir="auto"
            // biome-ignore lint/a11y/noAutofocus: it was opened to be edited
            autoFocus
            rows={1}
            value={draft.title}
            maxLength={500}
            aria-invalid={faults.title !== undefined}
            aria-describedby={faultId}
            onFocus={({ currentTarget: { value }, currentTarget }) =>
              currentTarget.setSelectionRange(value.length, value.length)
            }
            // A title is one line, however long.
            onChange={(event) => set({ title: event.target.value.replaceAll('\n', ' ') })}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
              event.preventDefault()
              save()
            }}
            className="field-sizing-content block w-full resize-none bg-transparent text-lg font-medium outline-none pointer-coarse:py-2"
          />
          <p id={faultId} className="text-sm text-danger empty:hidden" aria-live="polite">
            {faults.title}
          </p>
          <textarea
            aria-label="Notes"
            dir="auto"
            placeholder="Notes"
            value={draft.notes}
            maxLength={16_384}
            rows={2}
            onChange={(event) => set({ notes: event.target.value })}
            className="mt-1 field-sizing-content block max-h-80 min-h-12 w-full resize-none bg-transparent outline-none placeholder:text-muted"
          />
        </div>
        <DueFields draft={draft} set={set} />
        {draft.day !== '' && <RepeatFields draft={draft} fault={faults.rule} set={set} />}
        <PlaceFields draft={draft} set={set} parentId={task.parentId} />
        <LabelsField labelIds={draft.labelIds} onChange={(labelIds) => set({ labelIds })} />
        <Subtasks task={task} />
        <div className="flex items-center gap-2 border-t border-line pt-3">
          <Button type="submit" kind="accent">
            Save
          </Button>
          <Button kind="quiet" onClick={discard}>
            Cancel
          </Button>
          <Button
            kind="quiet"
            onClick={() => {
              discard()
              remove([task])
            }}
            className="ms-auto text-danger!"
          >
            Delete
          </Button>
        </div>
      </form>
    </li>
  )
}
