import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

/*
 * npm run fuzz [-- <requests>] [-- --seed <number>]
 *
 * Sends all naughty strings and that many generated requests, 200,000 unless told otherwise, to Edgewise as
 * it is deployed, and prints what came of it. Where passwords are hashed, a run of fewer takes a sample of the strings.
 */
const WHOLE = 200_000
const SLOW_SAMPLE = 20

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seed: { type: 'string' } },
})
const requests = Number(positionals[0] ?? WHOLE)
const seed = values.seed === undefined ? undefined : Number(values.seed)
if (!Number.isInteger(requests) || requests < 0 || (seed !== undefined && !Number.isInteger(seed))) {
  throw new Error('usage: npm run fuzz [-- <requests>] [-- --seed <number>]')
}
const share = { oneIn: 1, slowOneIn: requests < WHOLE ? SLOW_SAMPLE : 1 }
console.log(await fuzz({ share, seed }))
