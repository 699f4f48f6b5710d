import { readings } from './contract.ts'
import type { Someone } from './known.ts'
import { isOneSelect, type Recorder, type Statement } from './recorder.ts'
import { type Asked, asksOf, cursorOf, isRefused } from './requests.ts'

/** One request of one person's, and what the Worker sends to the database for it. */
export interface Captured {
  name: string
  /** Whether it is one of those whose time is taken. */
  isTimed: boolean
  /** Whether it asks for a page: a list, a search, what has changed. What reads all that a user has, or one thing, is shown beside. */
  isPage: boolean
  statements: Statement[]
}

interface Options {
  origin: string
  recorder: Recorder
  /** How many rows a select has without its limit. */
  count: (statement: Statement) => Promise<number>
}

/** Asks the Worker all that a person can ask, the pages in the middle and at the far end included. */
export const capture = async (
  someone: Someone,
  { origin, recorder, count }: Options,
): Promise<Captured[]> => {
  const headers = { Authorization: `Bearer ${await accessToken(origin, someone)}` }
  const captured: Captured[] = []

  const ask = async (path: string, query: Record<string, string>): Promise<Answer> => {
    const answer = await fetch(`${origin}${path}?${new URLSearchParams(query)}`, { headers })
    if (answer.status !== 200)
      throw new Error(`${nameOf(path, query)} answered ${answer.status}: ${await answer.text()}`)
    const type = answer.headers.get('Content-Type') ?? ''
    return /json/.test(type) ? ((await answer.json()) as Answer) : {}
  }
  const keep = async (name: string, { path, query, filters, isPage }: Asked) => {
    const answer = await ask(path, query)
    captured.push({ name, isTimed: filters !== 2, isPage, statements: recorder.statements() })
    return answer
  }

  const counted = new Map<string, number>()
  /** Whatever the order, there are as many. */
  const countOf = async (
    select: Statement,
    { path, query: { sort: _, ...filter } }: Asked,
  ): Promise<number> => {
    const key = nameOf(path, filter) + Object.values(filter).join(' ')
    const total = counted.get(key) ?? (await count(select))
    counted.set(key, total)
    return total
  }

  for (const reading of await readings(origin)) {
    const cursor = cursorOf(reading)?.name
    for (const asked of asksOf(reading, someone.known)) {
      if (isRefused(asked)) continue
      const name = nameOf(reading.path, asked.query)
      const answer = await keep(name, asked)
      const hasMore = answer.nextCursor != null || answer.more === true
      if (!cursor || !hasMore || asked.filters > 1) continue
      const select = recorder.statements().at(-1)
      const places =
        select && isOneSelect(select)
          ? await placesBySkipping(await countOf(select, asked), (rows) =>
              recorder.skipping(rows, () => ask(asked.path, { ...asked.query, limit: '1' })),
            )
          : await placesByWalking((from) =>
              ask(asked.path, { ...asked.query, ...(from && { [cursor]: from }) }),
            )
      for (const [place, from] of Object.entries(places)) {
        await keep(`${name}, ${place}`, { ...asked, query: { ...asked.query, [cursor]: from } })
      }
    }
  }
  return captured
}

interface Answer {
  nextCursor?: string | null
  next?: string
  more?: boolean
}

const PAGE = 50

const placesBySkipping = async (total: number, pageAt: (rows: number) => Promise<Answer>) => {
  const [middle, end] = [Math.floor(total / 2), Math.max(0, total - PAGE - 1)]
  return { middle: String((await pageAt(middle)).nextCursor), end: String((await pageAt(end)).nextCursor) }
}

const placesByWalking = async (pageFrom: (cursor: string | undefined) => Promise<Answer>) => {
  const cursors: string[] = []
  for (;;) {
    const { nextCursor, next, more } = await pageFrom(cursors.at(-1))
    const cursor = nextCursor ?? (more ? next : undefined)
    if (cursor == null) break
    cursors.push(cursor)
  }
  return { middle: cursors[Math.floor(cursors.length / 2)] ?? '', end: cursors.at(-1) ?? '' }
}

const nameOf = (path: string, query: Record<string, string>): string =>
  [path, ...Object.entries(query).map(([name, value]) => `${name}=${isId(value) ? '…' : value}`)].join(' ')

const isId = (value: string) => /^[\da-f-]{36}$/.test(value)

const accessToken = async (origin: string, { sessionToken }: Someone): Promise<string> => {
  const answer = await fetch(`${origin}/api/auth/token`, {
    headers: { Authorization: `Bearer ${sessionToken}` },
  })
  if (!answer.ok) throw new Error(`the token answered ${answer.status}: ${await answer.text()}`)
  return ((await answer.json()) as { token: string }).token
}
