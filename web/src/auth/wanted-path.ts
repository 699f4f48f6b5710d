const KEY = 'edgewise.wanted'
const HOME = '/today'

/** Pages of their own, to which nobody wants to come back. */
export const WAYS_IN = ['/', '/sign-in', '/sign-up', '/forgot-password']

/** Keeps where the person wanted to go, for after signing in: in this tab, across the ways through mail and providers. */
export const keepWantedPath = ({ pathname, search }: Location = location): void => {
  if (!WAYS_IN.includes(pathname) && isOwn(pathname)) sessionStorage.setItem(KEY, pathname + search)
}

export const wantedPath = (): string => sessionStorage.getItem(KEY) ?? HOME

export const forgetWantedPath = (): void => sessionStorage.removeItem(KEY)

/** What begins with two slashes is another site to a browser. */
const isOwn = (path: string): boolean => /^\/(?![/\\])/.test(path)
