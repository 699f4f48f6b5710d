import { join } from 'node:path'
import { type Bench, startBench } from './bench.ts'
import { copyOf } from './copy.ts'
import type { Killers, Mutant } from './mutant.ts'
import { broken, type Outcome } from './outcome.ts'

/**
 * One copy of the project, in which one mutant at a time is judged. For what only the Worker runs, Vitest
 * and its database stay up from mutant to mutant; for the rest, both are begun anew.
 */
export const laneOf = (root: string) => {
  const copy = copyOf(root)
  const benches = new Map<string, Bench>()
  const used: Killers[] = []
  const touched = new Set<string>()

  const kept = async (project: string): Promise<Bench> => {
    const bench = benches.get(project) ?? (await startBench(copy.folder, project))
    benches.set(project, bench)
    return bench
  }

  /** What could not run has a second try, begun anew: it may have been the bench that broke down. */
  const runKept = async (killers: Killers): Promise<Outcome> => {
    const first = await runOnBench(killers)
    return first.ended === 'broken' ? runOnBench(killers) : first
  }

  const runOnBench = async ({ project, files, named }: Killers): Promise<Outcome> => {
    const order = { files: [...files], changed: [...touched], ...(named !== undefined && { named }) }
    const outcome = await kept(project)
      .then((bench) => bench.run(order))
      .catch(broken)
    // After what could not run, nothing is known of the state that this left.
    if (outcome.ended === 'broken') await end(project)
    return outcome
  }

  const runOnce = async (killers?: Killers): Promise<Outcome> => {
    const bench = await startBench(copy.folder, killers?.project)
    const { files, named } = killers ?? { files: [] }
    const outcome = await bench.run({ files: [...files], changed: [], ...(named !== undefined && { named }) })
    await bench.end()
    return outcome
  }

  const end = async (project: string) => {
    await benches.get(project)?.end()
    benches.delete(project)
  }

  return {
    /** Runs tests where nothing is wrong. */
    withoutMutant: (killers: Killers): Promise<Outcome> => runKept(killers).catch(broken),

    /** What its tests make of a mutant: those that should kill it, and if they do not, with `tryAll`, all there are. */
    judge: async (mutant: Mutant, tryAll: boolean): Promise<Outcome> => {
      const stays = mutant.file.startsWith('src/')
      const outcome = await copy.with(mutant, async () => {
        if (stays) touched.add(join(copy.folder, mutant.file))
        const narrow = await (stays ? runKept : runOnce)(mutant.killers).catch(broken)
        return tryAll && narrow.ended === 'green' && mutant.lives === undefined
          ? runOnce().catch(broken)
          : narrow
      })
      if (stays) used.push(mutant.killers)
      return outcome
    },

    /** The tests that the mutants of this lane were judged by, in what they may have left behind. */
    used: (): readonly Killers[] => used,

    close: async () => {
      for (const project of benches.keys()) await end(project)
    },

    remove: copy.remove,
  }
}

export type Lane = ReturnType<typeof laneOf>
