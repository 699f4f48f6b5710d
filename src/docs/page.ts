import { openAccount } from './account.ts'
import { bar } from './bar.ts'
import { showReference } from './reference.ts'

const place = document.querySelector<HTMLElement>('#reference')
if (!place) throw new Error('The page has no place for the reference.')

let token: string | undefined
let setToken: ((token?: string) => void) | undefined

const theBar = bar(() => account)
const account = openAccount((state) => {
  theBar.show(state)
  if (state.token === token) return
  token = state.token
  setToken?.(token)
})
void account.check()

try {
  ;({ setToken } = await showReference(place, account.check))
  if (token) setToken(token)
} catch (error) {
  console.error(error)
  place.innerHTML =
    '<p class="loading" role="alert">The reference could not be loaded. Reload the page, or read <a href="/openapi.json">/openapi.json</a>.</p>'
}
