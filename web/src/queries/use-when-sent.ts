import { useEffect, useRef } from 'react'
import { usePicture } from '../replica/provider.tsx'

/** Calls `act` whenever everything that waited has been sent: then what the server tells has changed. */
export const useWhenSent = (act: () => void): void => {
  const { unsent } = usePicture()
  const before = useRef(unsent)
  const latest = useRef(act)
  useEffect(() => {
    latest.current = act
  })
  useEffect(() => {
    if (before.current > 0 && unsent === 0) latest.current()
    before.current = unsent
  }, [unsent])
}
