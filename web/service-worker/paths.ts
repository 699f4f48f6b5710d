/** What the app does not show: the API, which is never answered from here, and the pages that stand by themselves. */
const OTHERS = ['v1', 'api', 'health', 'openapi.json', 'docs', 'docs.html', 'verify-email', 'reset-password']

/** Whether a page at that path is the app's own to show. */
export const isOfApp = (pathname: string): boolean => !OTHERS.includes(pathname.split('/')[1] ?? '')

/** A file that is not there is answered with the app's page, and 200: that must not be kept in its place. */
export const isWhatItShouldBe = (file: string, { ok, headers }: Response): boolean =>
  ok && Boolean(headers.get('Content-Type')?.startsWith('text/html')) === (file === '/')
