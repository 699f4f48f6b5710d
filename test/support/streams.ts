const CHUNK_BYTES = 1024
/** Far more than anything may read, and little enough to be read whole by something that does. */
const ENDLESS_BYTES = 4 * 1024 * 1024

/** A body that comes in chunks of 1 KiB, and remembers how many were asked for and whether it was told to stop. */
export const recordedBody = ({ bytes = ENDLESS_BYTES, pauseMs = 0 } = {}) => {
  const seen = { pulledBytes: 0, cancelled: false }
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (seen.pulledBytes >= bytes) return controller.close()
      if (pauseMs > 0) await scheduler.wait(pauseMs)
      seen.pulledBytes += CHUNK_BYTES
      controller.enqueue(new Uint8Array(CHUNK_BYTES).fill(SPACE))
    },
    cancel() {
      seen.cancelled = true
    },
  })
  return { stream, seen }
}

const SPACE = 0x20
