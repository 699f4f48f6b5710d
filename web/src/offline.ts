/** Not twice within that time: what fails again is not mended by loading the page again. */
const RELOADED_ONCE_MS = 60_000
const RELOADED = 'edgewise.reloaded'

/** Lets the app open without a network, by the service worker that is built with it (`web/service-worker`). */
export const workOffline = (): void => {
  if (!('serviceWorker' in navigator)) return
  // After all that the first page needs.
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/service-worker.js').catch(() => {})
  })
}

/** A page that was open when a newer version came may ask for a part that there is no more: it is then loaded anew, once. */
export const reloadForLostParts = (): void => {
  window.addEventListener('vite:preloadError', () => {
    const before = Number(sessionStorage.getItem(RELOADED))
    if (!navigator.onLine || Date.now() - before < RELOADED_ONCE_MS) return
    sessionStorage.setItem(RELOADED, String(Date.now()))
    window.location.reload()
  })
}
