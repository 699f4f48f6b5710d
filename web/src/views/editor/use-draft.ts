import { useEffect, useRef, useState } from 'react'
import type { Task } from '../../../../client/src/index.ts'
import { useReplica } from '../../replica/provider.tsx'
import { refusedOf } from '../../tasks/refused.ts'
import { type Draft, draftAgain, draftOf, faultsIn, patchOf } from './draft.ts'

/**
 * A task being edited. It is saved by whatever ends the editing, but for discarding: by going to another task or page, too.
 * Fields that would be refused keep it open; where it goes away all the same, the rest of it is saved.
 */
export const useDraft = (task: Task, onClose: () => void) => {
  const replica = useReplica()
  const [opened] = useState(task)
  const [refused] = useState(() => refusedOf(task.id, replica.picture.setAside))
  const [draft, setDraft] = useState(() => (refused ? draftAgain(task, refused.body) : draftOf(task)))
  const [showsFaults, setShowsFaults] = useState(false)
  const isOver = useRef(false)

  const forgetRefused = () => {
    for (const each of refused?.writes ?? []) void replica.discard(each)
  }
  const write = () => {
    if (isOver.current) return
    forgetRefused()
    const body = patchOf(draft, opened)
    if (Object.keys(body).length > 0) void replica.make({ operation: 'changeTask', id: task.id, body })
  }
  const latest = useRef(write)
  useEffect(() => {
    latest.current = write
  })
  useEffect(() => {
    const atEnd = () => latest.current()
    window.addEventListener('pagehide', atEnd)
    return () => {
      window.removeEventListener('pagehide', atEnd)
      atEnd()
    }
  }, [])

  const faults = faultsIn(draft)
  return {
    draft,
    /** Why what is in it was not taken before. */
    refusal: refused?.reason,
    faults: showsFaults ? faults : {},
    set: (fields: Partial<Draft>) => setDraft((before) => ({ ...before, ...fields })),
    save: () => {
      if (Object.keys(faults).length > 0) return setShowsFaults(true)
      write()
      isOver.current = true
      onClose()
    },
    discard: () => {
      isOver.current = true
      forgetRefused()
      onClose()
    },
  }
}
