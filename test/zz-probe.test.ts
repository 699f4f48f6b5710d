import { it } from 'vitest'
import { signUp } from './support/person.ts'
import { env, send } from './support/worker.ts'

it('probe', async ({ expect }) => {
  const ada = await signUp('ada')
  console.log(ada.token, ada.token.length, Object.keys(env))
  let refused = 0
  const t = performance.now()
  let n = 0
  const stat: Record<number, number> = {}
  for (let i = 0; i < ada.token.length; i++)
    for (let b = 0; b < 8; b++) {
      const c = String.fromCharCode(ada.token.charCodeAt(i) ^ (1 << b))
      const tok = ada.token.slice(0, i) + c + ada.token.slice(i + 1)
      try {
        new Headers({ Authorization: `Bearer ${tok}` })
      } catch {
        refused++
        continue
      }
      n++
      const r = await send('/v1/me', { headers: { Authorization: `Bearer ${tok}` } })
      await r.text()
      stat[r.status] = (stat[r.status] ?? 0) + 1
    }
  console.log('flips', n, 'refused', refused, stat, performance.now() - t)
  const t2 = performance.now()
  for (let i = 0; i < 100; i++) {
    const r = await ada.send('GET', '/v1/me')
    await r.text()
  }
  console.log('100 me', performance.now() - t2)
  console.log([...(await ada.send('GET', '/v1/me')).headers])
  console.log([...(await send('/v1/me')).headers])
  expect(1).toBe(2)
})
