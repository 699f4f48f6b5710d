import type { RolePasswords, WorkerRole } from '../database.ts'
import type { Address } from './owner-url.ts'

/** What to paste so that the Worker finds the database; the only place where the passwords are shown. */
export const instructionsFor = (address: Address, passwords: RolePasswords): string => {
  const urlOf = (user: WorkerRole) => address.urlFor({ user, password: passwords[user] })
  return `
The passwords that these two roles had before have just stopped working, so paste these lines now. They
hold the new ones, which are kept nowhere else; mind that a shell keeps a history.

  printf %s '${urlOf('edgewise_api')}' | npx wrangler secret put DATABASE_URL
  printf %s '${urlOf('edgewise_auth')}' | npx wrangler secret put AUTH_DATABASE_URL

The first deployment needs three more, and then \`npm run deploy\`. BASE_URL is the address that people open,
MAIL_FROM the sender of the mails that accounts need; docs/deploy.md says how they are sent.

  openssl rand -base64 32 | npx wrangler secret put BETTER_AUTH_SECRET
  printf %s 'https://edgewise.YOUR-SUBDOMAIN.workers.dev' | npx wrangler secret put BASE_URL
  printf %s 'Edgewise <tasks@YOUR-DOMAIN>' | npx wrangler secret put MAIL_FROM

To run \`npm run dev\` against this database, put the two connection strings into .dev.vars under the same
names, DATABASE_URL and AUTH_DATABASE_URL; see .dev.vars.example.
`.trimEnd()
}
