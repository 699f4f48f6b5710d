import { Duplex } from 'node:stream'
import type { PGlite } from '@electric-sql/pglite'

/**
 * The socket that pg's client believes to hold: what is written goes to PGlite, what PGlite says comes back.
 * PGlite has no login, so the start of a session is answered here.
 */
export class PGliteStream extends Duplex {
  readonly #pglite: PGlite
  #greeted = false

  constructor(pglite: PGlite) {
    super()
    this.#pglite = pglite
  }

  connect() {
    queueMicrotask(() => this.emit('connect'))
    return this
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void) {
    this.#exchange(chunk).then(() => done(), done)
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void) {
    this.#exchange(Buffer.concat(chunks.map(({ chunk }) => chunk))).then(() => done(), done)
  }

  override _read() {}

  setNoDelay() {}
  setKeepAlive() {}
  ref() {}
  unref() {}

  async #exchange(messages: Buffer) {
    if (messages[0] === TERMINATE) {
      this.push(null)
      return
    }
    if (!this.#greeted) {
      this.#greeted = true
      this.push(GREETING)
      return
    }
    await this.#pglite.execProtocolRawStream(messages, {
      onRawData: (bytes) => this.push(Buffer.from(bytes)),
    })
  }
}

const TERMINATE = 'X'.charCodeAt(0)

/** AuthenticationOk, then ReadyForQuery. @see https://www.postgresql.org/docs/current/protocol-message-formats.html */
const GREETING = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49])
