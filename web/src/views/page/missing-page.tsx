import { Link } from 'wouter'
import { PageHeader } from '../../ui/page-header.tsx'

/** For a list or label that is gone, or never was. */
export const MissingPage = () => (
  <>
    <PageHeader title="Not here" />
    <p className="text-muted">
      It has been deleted, or the address is wrong. Deleted things are in{' '}
      <Link href="/trash" className="text-accent underline underline-offset-2">
        the trash
      </Link>{' '}
      for 30 days.
    </p>
  </>
)
