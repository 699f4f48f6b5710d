import { waitUntil } from 'cloudflare:workers'
import { cloudflareMailer } from './cloudflare.ts'
import { type Mailer, MailRefused, type MailSettings, type Message } from './mailer.ts'
import { resendMailer } from './resend.ts'

/**
 * Sends a message after the answer, so that nobody can tell from the answer's time whether there was one to
 * send. A message that is not taken leaves a line in the log; its reader asks for another.
 */
export const sendLater = (settings: MailSettings, message: Message): void => {
  waitUntil(
    mailerOf(settings)
      .send(message)
      .catch((error: unknown) => {
        const reason = error instanceof MailRefused ? error.reason : 'unknown'
        console.log(JSON.stringify({ event: 'mail_not_sent', reason }))
      }),
  )
}

const mailerOf = (settings: MailSettings): Mailer =>
  settings.by === 'resend' ? resendMailer(settings) : cloudflareMailer(settings.binding, settings.from)
