/**
 * The token of the link that opened this page, taken out of the address: there it would stay in the history
 * and be seen in the bar. It is kept beside the history's entry, so that a reload finds it again.
 */
export const takeToken = (): string | undefined => {
  const inAddress = new URLSearchParams(location.search).get('token')
  if (inAddress !== null) history.replaceState({ token: inAddress }, '', location.pathname)
  const { token }: { token?: unknown } = history.state ?? {}
  return typeof token === 'string' && token !== '' ? token : undefined
}

/** Forgets the token, once it has done what it is for or can do nothing more. */
export const dropToken = () => history.replaceState(null, '', location.pathname)
