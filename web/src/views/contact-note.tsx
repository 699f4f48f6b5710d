import { usePicture } from '../replica/provider.tsx'
import type { Picture } from '../replica/replica.ts'

/** How it stands between this device and the server, said when it matters. */
export const ContactNote = ({ className = '' }: { className?: string }) => (
  <output className={`text-xs text-muted ${className}`} aria-live="polite">
    {noteOf(usePicture())}
  </output>
)

const NAMES: Record<Picture['contact'], string> = {
  'in step': '',
  sending: 'Saving …',
  offline: 'Offline',
  failing: 'Server trouble',
  'signed out': 'Signed out',
}

const noteOf = ({ contact, unsent, isKept }: Picture): string => {
  if (unsent === 0) return contact === 'sending' ? '' : NAMES[contact]
  if (contact === 'in step') return NAMES.sending
  const toSend = contact === 'sending' && unsent === 1 ? '' : `${unsent} to send`
  const parts = [NAMES[contact], toSend, isKept ? '' : 'not kept when you close this page']
  return parts.filter((part) => part !== '').join(' · ')
}
