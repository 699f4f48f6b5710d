import { usePicture } from '../replica/provider.tsx'

/** How it stands between this device and the server, said when it matters. */
export const ContactNote = ({ className = '' }: { className?: string }) => {
  const { contact, unsent } = usePicture()
  const text =
    contact === 'offline'
      ? unsent > 0
        ? `Offline · ${unsent} to send`
        : 'Offline'
      : unsent > 0
        ? 'Saving …'
        : ''
  return (
    <output className={`text-xs text-muted ${className}`} aria-live="polite">
      {text}
    </output>
  )
}
