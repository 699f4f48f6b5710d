/** A message to one person, in both forms; mail programs choose. */
export interface Message {
  to: string
  subject: string
  text: string
  html: string
}

/** Who sends the mail, and from which address. */
export type MailSettings = { from: string } & (
  | { by: 'cloudflare'; binding: SendEmailBinding }
  | { by: 'resend'; apiKey: string; url: string }
)

/** What we need of Cloudflare's `send_email` binding. */
export interface SendEmailBinding {
  send(message: Message & { from: string }): Promise<unknown>
}

/** Sends mail from the deployment's own address. Rejects with `MailRefused` when the message was not taken. */
export interface Mailer {
  send(message: Message): Promise<void>
}

/** The provider did not take a message. `reason` is for the log: a status or a code, no address, no text. */
export class MailRefused extends Error {
  override name = 'MailRefused'
  readonly reason: string

  constructor(reason: string) {
    super(`the mail was not taken (${reason})`)
    this.reason = reason
  }
}
