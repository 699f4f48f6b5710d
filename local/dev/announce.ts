import { resolve } from 'node:path'
import type { Settings } from './settings.ts'

/** Says where the service and its data are, and how to try it. */
export const announce = ({ baseUrl, database }: Settings) => {
  console.log(`
Edgewise runs at ${baseUrl}   (API docs: ${baseUrl}/docs, Ctrl-C stops it)
${whereabouts(database)}

Try it:

${indented(curlSignUp(baseUrl))}

Open the link of the mail that is then shown here. After that:

${indented(CURL_SESSION)}
`)
}

/** A new account with curl; the rest of a first session follows when its address is confirmed. */
export const curlSignUp = (baseUrl: string): string =>
  `
BASE=${baseUrl}
curl -sw '\\n' $BASE/api/auth/sign-up/email -H 'Content-Type: application/json' \\
  -d '{"name":"Ada","email":"ada@example.com","password":"correct horse battery"}'
`.trim()

/** From signing in to a list of tasks; it can be pasted again and again. */
export const CURL_SESSION = `
SESSION=$(curl -s $BASE/api/auth/sign-in/email -H 'Content-Type: application/json' \\
  -d '{"email":"ada@example.com","password":"correct horse battery"}' | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
TOKEN=$(curl -s $BASE/api/auth/token -H "Authorization: Bearer $SESSION" | sed 's/.*"token":"\\([^"]*\\)".*/\\1/')
curl -sw '\\n' $BASE/v1/tasks -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{"title":"Buy milk","due":{"date":"2026-12-01"}}'
curl -sw '\\n' $BASE/v1/tasks -H "Authorization: Bearer $TOKEN"
`.trim()

const whereabouts = (database: Settings['database']): string => {
  if (database === 'neon') return 'Its data are in Neon, as .dev.vars says.'
  if (database === 'memory') return 'Its data are in memory and go when it stops (EDGEWISE_DATA=memory).'
  return `Its data are in ${resolve(database.folder)}`
}

const indented = (text: string): string => text.replaceAll(/^/gm, '  ')
