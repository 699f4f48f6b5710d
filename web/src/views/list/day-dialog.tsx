import { type FormEvent, useState } from 'react'
import { type Day, daysAfter, today } from '../../tasks/due.ts'
import { Button } from '../../ui/button.tsx'
import { FIELD } from '../../ui/classes.ts'
import { Dialog } from '../../ui/dialog.tsx'

interface DayDialogProps {
  onChoose: (day: Day) => void
  onClose: () => void
}

/** Asks for a day of the calendar. */
export const DayDialog = ({ onChoose, onClose }: DayDialogProps) => {
  const [day, setDay] = useState(daysAfter(today(), 1))
  const choose = (event: FormEvent) => {
    event.preventDefault()
    if (day !== '') onChoose(day)
  }
  return (
    <Dialog title="Due on" onClose={onClose}>
      <form onSubmit={choose} className="grid gap-4">
        <input
          type="date"
          aria-label="Day"
          required
          max="9999-12-31"
          value={day}
          onChange={(event) => setDay(event.target.value)}
          className={FIELD}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="accent">
            Set
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
