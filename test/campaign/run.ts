import { parseArgs } from 'node:util'
import { enrol } from './people.ts'
import { playRow, type RowResult } from './row.ts'
import { ROWS } from './rows.ts'
import { type FaultStage, setFaultStage } from './stage.ts'
import { isClean, printDetails, printHeading, printRow } from './table.ts'

/*
 * npm run faults [-- --writes 2000] [-- --row <part of a name>]
 *
 * Plays every kind of failure between the Worker, as deployed, and a real Postgres while people write, and
 * compares what they were told with what there is. Fails when a write that was acknowledged is lost or there
 * twice, when an answer is not true, or when one comes too late.
 */
const main = async () => {
  const { values: flags } = parseArgs({
    options: { writes: { type: 'string', default: '2000' }, row: { type: 'string', default: '' } },
  })
  const rows = ROWS.filter(({ name }) => name.includes(flags.row))
  if (rows.length === 0) throw new Error(`no row's name contains "${flags.row}"`)

  const stage = await setFaultStage()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void stage.strike().then(() => process.exit(130)))
  }
  const players = new Map<number, Player>()
  const results: RowResult[] = []
  try {
    printHeading()
    for (const row of rows) {
      const player = players.get(row.deadlineMs) ?? (await newPlayer(stage, row.deadlineMs))
      players.set(row.deadlineMs, player)
      const result = await playRow(stage, player, row, Number(flags.writes))
      printRow(result)
      results.push(result)
    }
    printDetails(results)
    if (!results.every(isClean)) process.exitCode = 1
  } finally {
    await stage.strike()
  }
}

const PEOPLE = 100

/** A Worker that has that deadline, and people whom it knows. */
const newPlayer = async (stage: FaultStage, deadlineMs: number) => {
  const worker = await stage.startWorker(deadlineMs)
  return { worker, people: await stage.withDatabase((client) => enrol(client, worker, PEOPLE)) }
}

type Player = Awaited<ReturnType<typeof newPlayer>>

await main()
