import { type Route, routesOf } from './contract.ts'
import { enrol, type Person } from './people.ts'
import { playRow, type RowResult } from './row.ts'
import type { Row } from './rows.ts'
import type { FaultStage, Worker } from './stage.ts'
import { printDetails, printHeading, printRow } from './table.ts'

const PEOPLE = 100

/** A Worker, and people whom it knows. */
export interface Company {
  worker: Worker
  routes: Map<string, Route>
  people: Person[]
}

/** Plays the rows one after the other and prints what came of them. */
export const playRows = async (stage: FaultStage, rows: readonly Row[], writes: number) => {
  const companies = new Map<number, Company>()
  const results: RowResult[] = []
  printHeading()
  for (const row of rows) {
    const company =
      companies.get(row.deadlineMs) ?? (await meet(stage, await stage.startWorker(row.deadlineMs)))
    companies.set(row.deadlineMs, company)
    const result = await playRow(stage, company, row, writes)
    printRow(result)
    results.push(result)
  }
  printDetails(results)
  return results
}

/** The company of a Worker and people with sessions. */
export const meet = async (stage: FaultStage, worker: Worker): Promise<Company> => ({
  worker,
  routes: await routesOf(worker),
  people: await stage.withDatabase((client) => enrol(client, worker, PEOPLE)),
})

/** Sets the stage for `act`, and strikes it however that ends. */
export const onStage = async (
  setStage: () => Promise<FaultStage>,
  act: (stage: FaultStage) => Promise<boolean>,
) => {
  const stage = await setStage()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void stage.strike().then(() => process.exit(130)))
  }
  try {
    if (!(await act(stage))) process.exitCode = 1
  } finally {
    await stage.strike()
  }
}
