import { parseArgs } from 'node:util'
import { headOf, sampleOf } from '../support/sample.ts'
import { onStage, playRows } from './campaign.ts'
import { ROWS } from './rows.ts'
import { setFaultStage } from './stage.ts'
import { areClean } from './table.ts'

/*
 * npm run faults [-- --writes 2000] [-- --row <part of a name>] [-- --sample <rows> [--seed <text>]]
 *
 * Plays every kind of failure between the Worker, as deployed, and a real Postgres while people write, and
 * compares what they were told with what there is. Fails when a write that was acknowledged is lost or there
 * twice, when an answer is not true, or when one comes too late; and when the contract has a write that nobody makes. A sample is another one with each commit.
 */
const { values: flags } = parseArgs({
  options: {
    writes: { type: 'string', default: '2000' },
    row: { type: 'string', default: '' },
    sample: { type: 'string' },
    seed: { type: 'string' },
  },
})
const named = ROWS.filter(({ name }) => name.includes(flags.row))
const seed = flags.seed ?? headOf(process.cwd())
const rows = flags.sample === undefined ? named : sampleOf(named, Number(flags.sample), seed)
if (rows.length === 0) throw new Error(`no row's name contains "${flags.row}"`)

await onStage(setFaultStage, async (stage) => areClean(await playRows(stage, rows, Number(flags.writes))))
