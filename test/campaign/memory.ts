import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from './stage.ts'

export interface Sample {
  heapBytes: number
  /** 0 where there is no /proc. */
  residentBytes: number
}

/** Samples what V8 uses in the Worker's isolate, and what its process has of the machine, until it is ended. */
export const watchMemory = ({ inspectorPort, pid }: Worker, everyMs: number) => {
  const samples: Sample[] = []
  let isOver = false
  const watching = (async () => {
    const heapUsed = await heapOf(inspectorPort)
    while (!isOver) {
      samples.push({ heapBytes: await heapUsed(), residentBytes: await residentBytesOf(pid) })
      await sleep(everyMs)
    }
  })()
  return async (): Promise<Sample[]> => {
    isOver = true
    await watching
    return samples
  }
}

/** What is in use after a collection of all garbage, over the DevTools protocol. */
const heapOf = async (port: number | undefined) => {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
    webSocketDebuggerUrl: string
  }[]
  const socket = new WebSocket(String(targets[0]?.webSocketDebuggerUrl))
  await new Promise((open, fail) => {
    socket.addEventListener('open', open)
    socket.addEventListener('error', fail)
  })
  let id = 0
  const ask = (method: string) =>
    new Promise<{ usedSize?: number }>((resolve) => {
      id += 1
      const asked = id
      const hear = ({ data }: MessageEvent) => {
        const answer: { id?: number; result?: { usedSize?: number } } = JSON.parse(String(data))
        if (answer.id !== asked) return
        socket.removeEventListener('message', hear)
        resolve(answer.result ?? {})
      }
      socket.addEventListener('message', hear)
      socket.send(JSON.stringify({ id, method }))
    })
  return async () => {
    await ask('HeapProfiler.collectGarbage')
    return (await ask('Runtime.getHeapUsage')).usedSize ?? Number.NaN
  }
}

const residentBytesOf = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0)
}

/**
 * By what factor the last third is above the middle one. Of the heap the floor is compared: what requests under way
 * hold on top of it says nothing.
 */
export const growthOf = (samples: Sample[]) => {
  const third = Math.floor(samples.length / 3)
  const [middle, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)]
  const floor = (some: Sample[]) => Math.min(...some.map(({ heapBytes }) => heapBytes))
  const mean = (some: Sample[]) =>
    some.reduce((sum, { residentBytes }) => sum + residentBytes, 0) / Math.max(1, some.length)
  return {
    heapBytes: floor(last),
    heap: floor(last) / floor(middle),
    residentBytes: mean(last),
    resident: mean(last) / mean(middle),
  }
}
