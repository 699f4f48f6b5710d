import { usePicture } from '../../replica/provider.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { NotSavedRow } from './not-saved-row.tsx'

/** What was written here and is not on the server: nothing of it goes by itself. */
const NotSavedPage = () => {
  const { setAside } = usePicture()
  return (
    <>
      <PageHeader
        title="Not saved"
        note={setAside.length > 0 && 'This is on this device only, until it is saved or discarded.'}
      />
      {setAside.length === 0 ? (
        <div className="mt-16 text-center">
          <p className="text-lg font-medium">Everything is saved</p>
          <p className="mx-auto mt-1 max-w-sm text-muted">
            What you write and the server does not take waits here, so that it is never lost.
          </p>
        </div>
      ) : (
        <ul className="grid grid-cols-1 gap-3">
          {setAside.map((write) => (
            <NotSavedRow key={write.key} write={write} />
          ))}
        </ul>
      )}
    </>
  )
}

export default NotSavedPage
