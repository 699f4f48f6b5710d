import { describe, it, vi } from 'vitest'
import { cloudflareMailer } from '../src/email/cloudflare.ts'
import { confirmNewAddress, messageTo } from '../src/email/messages.ts'
import { resendMailer } from '../src/email/resend.ts'
import { postAuth } from './support/auth-calls.ts'
import { mailsTo } from './support/mail.ts'
import { ownWorker } from './support/own-worker.ts'
import { env } from './support/worker.ts'

const FROM = 'Edgewise <edgewise@example.com>'
const newAddress = () => `ada-${crypto.randomUUID()}@example.com`
const message = (to: string) => ({ to, subject: 'Hello', text: 'Hello.\n', html: '<p>Hello.</p>' })
const resend = (kind = '') => resendMailer({ apiKey: 'a-key', from: FROM, url: `${env.RESEND_URL}${kind}` })

describe('mail by Resend', () => {
  it('carries sender, recipient, subject and both forms of the text', async ({ expect }) => {
    const to = newAddress()
    await resend().send(message(to))
    expect(await mailsTo(to)).toEqual([{ ...message(to), from: FROM, to: [to] }])
  })

  it('is sent again when the answer is lost, and arrives once', async ({ expect }) => {
    const to = newAddress()
    await resend('/flaky').send(message(to))
    expect(await mailsTo(to)).toHaveLength(1)
  })

  it.for([
    ['/refusing', 'http_422'],
    ['/deaf', 'no_answer'],
  ] as const)('that is not taken says why, and nothing else: %s', async ([kind, reason], { expect }) => {
    const to = newAddress()
    await expect(resend(kind).send(message(to))).rejects.toMatchObject({
      name: 'MailRefused',
      reason,
      message: expect.not.stringContaining(to),
    })
  })
})

describe("mail by Cloudflare's binding", () => {
  it('hands the message over as it is', async ({ expect }) => {
    const send = vi.fn().mockResolvedValue({ messageId: '1' })
    await cloudflareMailer({ send }, FROM).send(message('ada@example.com'))
    expect(send.mock.calls).toEqual([[{ from: FROM, ...message('ada@example.com') }]])
  })

  it.for([
    [Object.assign(new Error('ada@example.com is not verified'), { code: 'E_SENDER' }), 'E_SENDER'],
    [new Error('ada@example.com is not verified'), 'unknown'],
  ] as const)('that is not taken says why by its code only', async ([error, reason], { expect }) => {
    const send = vi.fn().mockRejectedValue(error)
    await expect(cloudflareMailer({ send }, FROM).send(message('ada@example.com'))).rejects.toMatchObject({
      reason,
      message: expect.not.stringContaining('ada@example.com'),
    })
  })
})

describe('a message', () => {
  it('says the same plainly and as HTML, in which nothing of a stranger is markup', ({ expect }) => {
    const { text, html } = messageTo(
      'ada@example.com',
      confirmNewAddress('"<b>&"@x.example', 'https://e.test/?a=1&b=2'),
    )
    expect(text).toContain('"<b>&"@x.example')
    expect(html).toContain('&quot;&lt;b&gt;&amp;&quot;@x.example')
    expect(html).toContain('href="https://e.test/?a=1&amp;b=2"')
    expect(html).not.toContain('<b>')
  })
})

describe('mail that cannot be sent', () => {
  it('changes no answer, and leaves a line in the log that names nobody', async ({ expect }) => {
    const log = vi.spyOn(console, 'log')
    const worker = ownWorker({ bindings: { RESEND_URL: 'http://localhost:9' } })
    const email = newAddress()
    const answer = await postAuth(
      '/sign-up/email',
      { name: 'Ada', email, password: 'correct horse battery' },
      undefined,
      worker.send,
    )
    expect(answer.status).toBe(200)
    const line = JSON.stringify({ event: 'mail_not_sent', reason: 'no_answer' })
    await vi.waitFor(() => expect(log.mock.calls.flat()).toContain(line), 5_000)
    expect(log.mock.calls.flat().join('\n')).not.toContain(email)
    log.mockRestore()
  })
})
