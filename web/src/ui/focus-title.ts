/** For when what had the focus has gone: the keyboard goes on from the top of the page. */
export const focusTitle = (): void => document.querySelector<HTMLElement>('main h1')?.focus()
