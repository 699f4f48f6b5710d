import { type FormEvent, useId, useState } from 'react'
import { COLORS } from '../../tasks/colors.ts'
import type { PlaceFields } from '../../tasks/use-place-actions.ts'
import { Button } from '../../ui/button.tsx'
import { FIELD } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'

interface PlaceDialogProps {
  title: string
  maxLength: number
  before?: PlaceFields
  /** Why it cannot be called so. */
  faultIn?: (name: string) => string | undefined
  onSave: (fields: PlaceFields) => void
  onClose: () => void
}

/** The name and the colour of a list or a label. */
export const PlaceDialog = ({ title, maxLength, before, faultIn, onSave, onClose }: PlaceDialogProps) => {
  const [name, setName] = useState(before?.name ?? '')
  const [color, setColor] = useState(before?.color ?? null)
  const faultId = useId()
  const fault = faultIn?.(name.trim())
  const isKnown = color === null || COLORS.some(([, known]) => known === color)

  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '' || fault) return
    onSave({ name: name.trim(), color })
    onClose()
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={save} className="grid gap-4">
        <label className="grid gap-1 text-sm">
          Name
          <input
            autoFocus
            dir="auto"
            value={name}
            maxLength={maxLength}
            autoComplete="off"
            aria-invalid={fault !== undefined}
            aria-describedby={faultId}
            onChange={(event) => setName(event.target.value)}
            className={`${FIELD} text-base`}
          />
          <span id={faultId} className="text-danger empty:hidden" aria-live="polite">
            {fault}
          </span>
        </label>
        <fieldset>
          <legend className="mb-1.5 text-sm">Colour</legend>
          <div className="flex flex-wrap gap-1">
            {[['None', null] as const, ...COLORS, ...(isKnown ? [] : [['Its own', color] as const])].map(
              ([colorName, value]) => (
                <label
                  key={colorName}
                  title={colorName}
                  className="relative grid size-9 cursor-pointer place-items-center rounded-full border-2 border-transparent has-checked:border-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
                >
                  <input
                    type="radio"
                    name="color"
                    className="absolute inset-0 m-0 cursor-pointer opacity-0"
                    aria-label={colorName}
                    checked={color === value}
                    onChange={() => setColor(value)}
                  />
                  <span
                    className={`size-5.5 rounded-full ${value === null ? 'border-2 border-muted' : ''}`}
                    style={{ background: value ?? undefined }}
                  />
                </label>
              ),
            )}
          </div>
        </fieldset>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            kind="accent"
            disabled={name.trim() === '' || fault !== undefined}
            className="disabled:opacity-50"
          >
            {before ? 'Save' : 'Add'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
