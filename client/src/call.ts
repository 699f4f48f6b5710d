import type { ClientResponse } from 'hono/client'
import type { CallOptions, ChangeOptions, Page, WriteOptions } from './types.ts'

/** The headers of a write, and what `fetch` is to know of a call. */
export const writing = ({ idempotencyKey = crypto.randomUUID() }: WriteOptions = {}) => ({
  header: { 'idempotency-key': idempotencyKey },
})

export const changing = (options: ChangeOptions = {}) => ({
  header: {
    ...writing(options).header,
    ...(options.ifVersion !== undefined && { 'if-match': `"${options.ifVersion}"` }),
  },
})

export const withSignal = ({ signal }: CallOptions = {}) => (signal ? { init: { signal } } : {})

/** What a call answers, as data: its failures have been thrown. */
export const answerOf = async <R extends ClientResponse<unknown>>(call: Promise<R>): Promise<Answer<R>> => {
  const data: unknown = await (await call).json()
  return data as Answer<R>
}

/** The JSON among the answers that are no failures. */
type Answer<R> = R extends ClientResponse<infer T, 200 | 201, 'json'> ? T : never

/** Waits for a call that answers nothing. */
export const done = async (call: Promise<unknown>): Promise<void> => {
  await call
}

/** Everything that the pages have, one page after the other, each as it is asked for. */
export async function* everyItem<T>(
  pageAt: (cursor: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await pageAt(cursor)
    yield* items
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}
