import { useState } from 'react'
import { explain } from '../auth/failure.ts'
import { useAuth } from '../auth/use-auth.ts'
import { usePicture } from '../replica/provider.tsx'
import { Button } from '../ui/button.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { useToasts } from '../ui/toasts.tsx'

/** Signs out, and asks first where that would lose what has not been sent. */
export const SignOut = () => {
  const { signOut } = useAuth()
  const { unsent: toSend, setAside } = usePicture()
  const unsent = toSend + setAside.length
  const { tell } = useToasts()
  const [isAsked, setAsked] = useState(false)
  const [isBusy, setBusy] = useState(false)

  const begin = async () => {
    if (unsent > 0) return setAsked(true)
    setBusy(true)
    try {
      await signOut()
    } catch (error) {
      setBusy(false)
      tell({ text: `Still signed in. ${explain(error).message}`, tone: 'danger' })
    }
  }
  return (
    <>
      <Button isBusy={isBusy} onClick={begin}>
        Sign out
      </Button>
      {isAsked && (
        <ConfirmDialog
          title="Sign out now?"
          action={unsent > 0 ? 'Sign out and lose them' : 'Sign out'}
          onConfirm={signOut}
          onClose={() => setAsked(false)}
        >
          {unsent > 0
            ? `${unsent === 1 ? 'One change has' : `${unsent} changes have`} not reached the server yet, and would be lost: signing out leaves nothing of yours on this device.`
            : 'Everything has been sent by now.'}
        </ConfirmDialog>
      )}
    </>
  )
}
