/** The element of that type that the selector names. Throws if the page has none. */
export const find = <T extends Element>(within: ParentNode, selector: string, type: new () => T): T => {
  const element = within.querySelector(selector)
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`)
  return element
}
