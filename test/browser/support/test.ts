import type { BrowserContextOptions, Page } from 'playwright-core'
import { test as base, inject } from 'vitest'
import { artefact } from './artefacts.ts'
import { launchChromium } from './chromium.ts'
import { newPerson, type Person, signIn } from './person.ts'
import { watch } from './watch.ts'

const PATIENCE_MS = 10_000

interface Visit extends BrowserContextOptions {
  /** Whose visit it is, and from where: signed in from the start, unless they only have an `address`. */
  by?: Person | { address: string }
  /** Where it begins. */
  path?: string
  /** What the console may say: an answer of 401 shows there, say. */
  tolerated?: readonly RegExp[]
}

/** Opens a page in a browser profile of its own. */
export type Open = (visit?: Visit) => Promise<Page>

/**
 * A test with a browser. When it ends, no page may have complained, in the console or by the content security policy, nor asked
 * for anything from elsewhere. Of one that failed, screenshots and a trace are kept.
 */
export const test = base
  // biome-ignore lint/correctness/noEmptyPattern: it says that nothing is needed for it
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchChromium()
    onCleanup(() => browser.close())
    return browser
  })
  .extend('open', async ({ browser, task }, { onCleanup }): Promise<Open> => {
    const visits: { page: Page; complaints: string[] }[] = []
    onCleanup(async () => {
      const complaints = visits.flatMap((visit) => visit.complaints)
      const hasFailed = task.result?.state === 'fail' || complaints.length > 0
      for (const [index, { page }] of visits.entries()) {
        const name = `${task.name} ${index + 1}`
        if (hasFailed) await page.screenshot({ path: artefact('failures', `${name}.png`) }).catch(() => {})
        await page.context().tracing.stop(hasFailed ? { path: artefact('failures', `${name}.zip`) } : {})
        await page.context().close()
      }
      if (complaints.length > 0) throw new Error(`the page complained:\n${complaints.join('\n')}`)
    })

    return async ({ by, path = '/', tolerated = [], ...options } = {}) => {
      const context = await browser.newContext({
        baseURL: inject('server').baseUrl,
        viewport: { width: 1280, height: 800 },
        locale: 'en-GB',
        ...(by && { extraHTTPHeaders: { 'CF-Connecting-IP': by.address } }),
        ...options,
      })
      context.setDefaultTimeout(PATIENCE_MS)
      await context.tracing.start({ snapshots: true, title: task.name })
      const complaints = await watch(context, tolerated)
      if (by && 'id' in by) await signIn(context, by)
      const page = await context.newPage()
      visits.push({ page, complaints })
      await page.goto(path)
      return page
    }
  })
  .extend('ada', () => newPerson('Ada'))
  .extend('bob', () => newPerson('Bob'))
