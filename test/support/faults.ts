/** What the fault proxy does with one call to the database. */
export interface Fault {
  /**
   * `before`: the database never hears of the call. `rolled back`: its statements run, and their session is
   * killed before they are committed. `after`: it is committed by then. `later`: it is on its way, and runs
   * `delayMs` from now, whoever still waits for it.
   */
  when: 'before' | 'rolled back' | 'after' | 'later'
  /**
   * `drop` cuts the connection, `hang` never answers, `truncate` cuts the true answer in its middle, `actual`
   * is the true answer; else this is the answer.
   */
  answer: 'drop' | 'hang' | 'truncate' | 'actual' | { status: number; body: string }
  /** How long the answer is held back; with `later`, how long the call is. */
  delayMs?: number
}

/** Faults by chance: each call meets one of them with the probability `rate`. A seed draws the same each time. */
export interface Weather {
  rate: number
  seed: number
  faults: Fault[]
}

/** What came over one channel. */
export interface ChannelReport {
  /** Calls that the Worker made. */
  calls: number
  /** Calls that reached the database. */
  executed: number
  /** Faults that were played. */
  played: number
  /** Calls that the database has not answered yet. */
  underWay: number
}
