import { type Mailer, MailRefused } from './mailer.ts'

export interface ResendOptions {
  apiKey: string
  from: string
  /** Where the API is, without a path. */
  url: string
}

const DEADLINE_MS = 10_000
const ATTEMPTS = 3
const PAUSE_MS = 500

/**
 * Mail through Resend's HTTP API (https://resend.com/docs/api-reference/emails/send-email). A message that
 * got no answer is sent again under the same idempotency key, so that it arrives once.
 */
export const resendMailer = ({ apiKey, from, url }: ResendOptions): Mailer => ({
  send: async ({ to, ...message }) => {
    const request: RequestInit = {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${apiKey}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': crypto.randomUUID(),
      },
      body: JSON.stringify({ from, to: [to], ...message }),
    }
    for (let attempt = 1; ; attempt += 1) {
      const reason = await refusalOf(`${url}/emails`, request)
      if (!reason) return
      if (attempt === ATTEMPTS || !reason.mayPass) throw new MailRefused(reason.text)
      await scheduler.wait(PAUSE_MS * attempt)
    }
  },
})

/** Why that attempt failed, and whether another one may do better; `undefined` if the message was taken. */
const refusalOf = async (url: string, request: RequestInit) => {
  try {
    const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(DEADLINE_MS) })
    await answer.body?.cancel()
    if (answer.ok) return undefined
    return { text: `http_${answer.status}`, mayPass: answer.status === 429 || answer.status >= 500 }
  } catch {
    return { text: 'no_answer', mayPass: true }
  }
}
