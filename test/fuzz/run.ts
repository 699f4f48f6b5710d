import { parseArgs } from 'node:util'
import { fuzz } from './fuzz.ts'

/*
 * npm run fuzz [-- <requests>] [-- --seed <number>] [-- --one-in <number>] [-- --only]
 *
 * Sends all naughty strings and that many generated requests, 200,000 unless told otherwise, to Edgewise as
 * it is deployed, and prints what came of it. Where passwords are hashed, a run of fewer takes a sample of the
 * strings; with `--one-in 3`, a third of them goes through each place, another one through the next. A failure tells a
 * seed: with `--only` just its cases are sent again.
 */
const WHOLE = 200_000
const SLOW_SAMPLE = 20

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    'one-in': { type: 'string', default: '1' },
    only: { type: 'boolean' },
  },
})
const requests = Number(positionals[0] ?? WHOLE)
const oneIn = Number(values['one-in'])
const seed = values.seed === undefined ? undefined : Number(values.seed)
const areWhole = [requests, oneIn, seed ?? 0].every(Number.isInteger)
if (!areWhole || requests < 0 || oneIn < 1) {
  throw new Error('usage: npm run fuzz [-- <requests>] [-- --seed <number>] [-- --one-in <number>]')
}
// What was started ends with this process, if it ends by itself.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130))

const share = { oneIn, slowOneIn: requests < WHOLE ? SLOW_SAMPLE : 1 }
console.log(await fuzz({ requests, share, seed, only: values.only }))
