import type { Peer } from './peers.ts'
import { startWorker } from './workerd.ts'

/** Milliseconds from the start of workerd to the end of the first answer. */
export const coldStart = async ({ config, url, headers, status }: Peer): Promise<number> => {
  const startedAt = performance.now()
  const worker = await startWorker(config)
  try {
    const answer = await fetch(new URL(new URL(url).pathname + new URL(url).search, worker.origin), {
      headers,
    })
    await answer.arrayBuffer()
    const endedAt = performance.now()
    if (answer.status !== status) throw new Error(`a cold start answered ${answer.status}`)
    return endedAt - startedAt
  } finally {
    await worker.stop()
  }
}
