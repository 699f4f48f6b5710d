import { readFileSync } from 'node:fs'
import { inject, vi } from 'vitest'

interface Mail {
  to: string
  subject: string
  /** The address that its link leads to. */
  link: string
}

/** The newest mail of that subject to that address, which may still be on its way. */
export const mailTo = (address: string, subject: string): Promise<Mail> =>
  vi.waitFor(
    () => {
      const mail = mails().findLast((each) => each.to === address && each.subject === subject)
      if (!mail?.link) throw new Error(`no mail “${subject}” has come to ${address}`)
      return mail
    },
    { timeout: 10_000 },
  )

/** The mails that `npm run dev` has shown, in order. */
const mails = (): Mail[] =>
  readFileSync(inject('server').output, 'utf8')
    .split(/^From: /m)
    .map((text) => ({
      to: lineOf(text, /^To: (.*)$/m),
      subject: lineOf(text, /^Subject: (.*)$/m),
      link: lineOf(text, /^(https?:\S+)\n/m),
    }))

const lineOf = (text: string, pattern: RegExp): string => pattern.exec(text)?.[1] ?? ''
