import { randomInt } from 'node:crypto'
import { replay, sendGenerated } from './generated.ts'
import { type Share, throwNaughtyStrings } from './naughty-strings.ts'
import { report } from './report.ts'
import { bringWitness } from './witness.ts'
import { startWorld } from './world.ts'

const SEEDS = 2 ** 31

interface Extent {
  share: Share
  /** How many requests are generated, at least. */
  requests: number
  /** Chooses what is left to chance; what failed with it fails with it again. */
  seed?: number | undefined
  /** Sends the cases of this seed, and nothing else. */
  only?: boolean | undefined
}

/**
 * Fuzzes a world of its own. Gives the figures; throws the first thing that should not be, with the figures
 * up to it.
 */
export const fuzz = async ({ share, requests, seed = randomInt(SEEDS), only }: Extent): Promise<string> => {
  const world = await startWorld()
  const startedAt = performance.now()
  const figures = () => report(world.tally, (performance.now() - startedAt) / 1000, seed)
  try {
    const witness = await bringWitness(world)
    if (only) await replay(world, witness, seed)
    else {
      await sendGenerated(world, witness, requests, seed)
      await throwNaughtyStrings(world, share, seed)
    }
    await witness.isAsBefore()
    return figures()
  } catch (error) {
    console.error(figures())
    throw error
  } finally {
    await world.strike()
  }
}
