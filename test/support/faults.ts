/** What the fault proxy does with one call to the database. */
export interface Fault {
  /** `before`: the database never hears of the call. `after`: it has run by then. */
  when: 'before' | 'after'
  /**
   * `drop` cuts the connection, `hang` never answers, `truncate` cuts the true answer in its middle; else
   * this is the answer.
   */
  answer: 'drop' | 'hang' | 'truncate' | { status: number; body: string }
}

/** What came over one channel. */
export interface ChannelReport {
  /** Calls that the Worker made. */
  calls: number
  /** Calls that reached the database. */
  executed: number
}
