import { parseArgs } from 'node:util'
import { onStage, playRows } from './campaign.ts'
import { ROWS } from './rows.ts'
import { setFaultStage } from './stage.ts'
import { isClean } from './table.ts'

/*
 * npm run faults [-- --writes 2000] [-- --row <part of a name>]
 *
 * Plays every kind of failure between the Worker, as deployed, and a real Postgres while people write, and
 * compares what they were told with what there is. Fails when a write that was acknowledged is lost or there
 * twice, when an answer is not true, or when one comes too late.
 */
const { values: flags } = parseArgs({
  options: { writes: { type: 'string', default: '2000' }, row: { type: 'string', default: '' } },
})
const rows = ROWS.filter(({ name }) => name.includes(flags.row))
if (rows.length === 0) throw new Error(`no row's name contains "${flags.row}"`)

await onStage(setFaultStage, async (stage) =>
  (await playRows(stage, rows, Number(flags.writes))).every(isClean),
)
