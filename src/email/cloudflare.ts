import { type Mailer, MailRefused, type SendEmailBinding } from './mailer.ts'

/** Mail through Cloudflare's `send_email` binding, which builds the MIME message itself. */
export const cloudflareMailer = (binding: SendEmailBinding, from: string): Mailer => ({
  send: async (message) => {
    try {
      await binding.send({ from, ...message })
    } catch (error) {
      throw new MailRefused(codeOf(error))
    }
  },
})

/** Cloudflare's errors carry a code such as `E_SENDER_NOT_VERIFIED`; their messages name addresses. */
const codeOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'unknown'
}
