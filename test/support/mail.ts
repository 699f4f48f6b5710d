import type { Mail } from './message.ts'
import { env } from './worker.ts'

const POLL_MS = 10
const PATIENCE_MS = 5_000

/** All mail to that address so far, in order. */
export const mailsTo = async (address: string): Promise<Mail[]> =>
  (await fetch(`${env.RESEND_URL}/emails?to=${encodeURIComponent(address.toLowerCase())}`)).json<Mail[]>()

/** The `n`th mail to that address, which may still be on its way. */
export const mailTo = async (address: string, n = 1): Promise<Mail> => {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += POLL_MS) {
    const mail = (await mailsTo(address))[n - 1]
    if (mail) return mail
    await scheduler.wait(POLL_MS)
  }
  throw new Error(`no mail number ${n} has come to ${address}`)
}

/** The token of the link in a mail. */
export const tokenIn = ({ text }: Mail): string => {
  const [, token] = /^https?:\/\/\S+[?]token=(\S+)$/m.exec(text) ?? []
  if (!token) throw new Error(`no link with a token in: ${text}`)
  return token
}
