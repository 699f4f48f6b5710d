import type { BrowserContext } from 'playwright-core'
import { inject } from 'vitest'

/** Says so in the console when the content security policy has stopped something. */
const TELL_VIOLATIONS = `addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  console.error('stopped by ' + violatedDirective + ': ' + blockedURI))`

/** What goes wrong in the pages of a context, as it happens: errors in the console, failures nobody caught, and calls elsewhere. */
export const watch = async (context: BrowserContext, tolerated: readonly RegExp[]): Promise<string[]> => {
  const complaints: string[] = []
  const complain = (text: string) => {
    if (!tolerated.some((pattern) => pattern.test(text))) complaints.push(text)
  }
  await context.addInitScript(TELL_VIOLATIONS)
  context.on('console', (message) => {
    if (message.type() === 'error') complain(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => complain(`not caught: ${error.error().message}`))
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    const isWithin = protocol === 'data:' || protocol === 'blob:'
    if (!isWithin && origin !== inject('server').baseUrl) complain(`asked for ${request.url()}`)
  })
  return complaints
}
