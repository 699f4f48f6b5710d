import { it } from 'vitest'
import { fuzz } from './fuzz.ts'

// A sample, always the same one: `npm run fuzz` sends everything.
const SAMPLE = { requests: 600, share: { oneIn: 60, slowOneIn: 300 }, seed: 1 }

it('whatever is sent to any operation, the contract answers, and what is accepted comes back', {
  timeout: 240_000,
}, async ({ expect }) => {
  expect(await fuzz(SAMPLE)).toMatch(/^\d+ requests in /)
})
