import { describe, it } from 'vitest'
import { startPeers } from '../../bench/peers.ts'
import { setStage } from '../../bench/stage.ts'

describe('those that npm run bench measures Edgewise against', () => {
  it('answer as it does: they do the same work', { timeout: 120_000 }, async ({ expect }) => {
    const stage = await setStage()
    try {
      const { edgewise } = await startPeers(stage, { people: 1, tasksEach: 100 })
      const answer = await fetch(edgewise.url, { headers: edgewise.headers })
      expect(await answer.json()).toMatchObject({ items: { length: 50 }, nextCursor: expect.any(String) })
    } finally {
      await stage.strike()
    }
  })
})
