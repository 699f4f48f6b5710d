import { find } from './find.ts'

/** Shows the first of the page's sections. The focus stays: the page has just been opened. */
export const open = (id: string) => {
  const section = find(document, `main > #${id}`, HTMLElement)
  section.hidden = false
  return section
}

/**
 * Shows that section instead of the one before. Its heading gets the focus, so that a screen reader reads
 * it and the keyboard goes on from there.
 */
export const show = (id: string) => {
  for (const section of document.querySelectorAll<HTMLElement>('main > section')) section.hidden = true
  const heading = find(open(id), 'h1', HTMLElement)
  document.title = `${heading.textContent} · Edgewise`
  heading.focus()
}
