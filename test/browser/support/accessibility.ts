import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const GRAVE = ['serious', 'critical']

/** What axe finds on the page that is serious or worse, in a line each. */
export const gravePoints = async (page: Page): Promise<string[]> => {
  // The other mode opens a page for each look, to gather what frames say: there are none here.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations
    .filter(({ impact }) => GRAVE.includes(impact ?? ''))
    .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`))
}
