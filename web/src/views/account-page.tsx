import { useEffect } from 'react'
import { DeleteAccount } from '../account/delete-account.tsx'
import { EmailAddress } from '../account/email-address.tsx'
import { ExportSection } from '../account/export-section.tsx'
import { ImportSection } from '../account/import-section.tsx'
import { Password } from '../account/password.tsx'
import { Sessions } from '../account/sessions.tsx'
import { SignOut } from '../account/sign-out.tsx'
import { useAuth } from '../auth/use-auth.ts'
import { ServerQueries } from '../queries/server-queries.tsx'
import { PageHeader } from '../ui/page-header.tsx'

const AccountPage = () => {
  const { user, confirm } = useAuth()
  // The address may have been changed by a link in a mail meanwhile.
  useEffect(() => {
    void confirm()
  }, [confirm])

  return (
    <ServerQueries>
      <PageHeader title="Account" note={<bdi>{user?.name}</bdi>}>
        <SignOut />
      </PageHeader>
      <div className="grid gap-10">
        <EmailAddress />
        <Password />
        <Sessions />
        <ExportSection />
        <ImportSection />
        <DeleteAccount />
      </div>
    </ServerQueries>
  )
}

export default AccountPage
