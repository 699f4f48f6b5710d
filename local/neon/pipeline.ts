import type pg from 'pg'
import type { Statement } from './payload.ts'
import { Refusal, unexpectedMessage } from './refusal.ts'

/** What one statement gave. Values are Postgres's text; `tag` is the command tag, such as `INSERT 0 1`. */
export type Result = { fields: pg.FieldDef[]; rows: (string | null)[][]; tag: string }

/** Counts the bytes of an answer across its statements. */
export type Budget = { limit: number; used: number }

/**
 * Sends the statements in one go and collects what they give; the first error skips the rest and is thrown.
 * `overflow` is called once when the rows outgrow the budget, so that the session can be cut short.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export const pipeline = (client: pg.Client, statements: Statement[], budget: Budget, overflow: () => void) =>
  new Promise<Result[]>((resolve, reject) => {
    const results: Result[] = []
    let current = blank()
    let refusal: Refusal | undefined

    const finish = (tag: string) => {
      results.push({ ...current, tag })
      current = blank()
    }

    // The interface between pg's client and a query of one's own, as pg-cursor uses it.
    const query = {
      submit: (connection: pg.Connection) => {
        connection.stream.cork()
        for (const { text, params } of statements) {
          connection.parse({ name: '', text, types: [] }, true)
          connection.describe({ type: 'S', name: '' }, true)
          connection.bind({ values: params }, true)
          connection.execute({}, true)
        }
        connection.sync()
        connection.stream.uncork()
      },
      handleRowDescription: (message: { fields: pg.FieldDef[] }) => {
        current.fields = message.fields
      },
      handleDataRow: (message: { length: number; fields: (string | null)[] }) => {
        if (refusal) return
        if (budget.used > budget.limit) {
          refusal = new Refusal(507, `response is too large (max is ${budget.limit} bytes)`)
          current.rows.length = 0
          overflow()
          return
        }
        budget.used += message.length
        current.rows.push(message.fields)
      },
      handleCommandComplete: (message: { text: string }) => finish(message.text),
      handleEmptyQuery: () => finish(''),
      handleCopyInResponse: (connection: { sendCopyFail(reason: string): void }) => {
        refusal ??= unexpectedMessage()
        connection.sendCopyFail(refusal.message)
      },
      handleCopyData: () => {
        refusal ??= unexpectedMessage()
      },
      handleError: (error: Error) => reject(refusal ?? error),
      handleReadyForQuery: () => {
        if (results.length < statements.length)
          refusal ??= new Refusal(500, 'could not parse postgres response')
        if (refusal) reject(refusal)
        else resolve(results)
      },
    }
    client.query(query)
  })

const blank = (): Result => ({ fields: [], rows: [], tag: '' })
