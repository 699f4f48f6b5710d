import type { Change } from '../../src/sync/contract.ts'
import type { Trashed } from '../../src/trash/contract.ts'
import { sql } from './database.ts'
import type { Person } from './person.ts'

interface Answer {
  changes: Change[]
  next: string
  more: boolean
}

/** What a client has of somebody's things, by type and id. */
type Copy = Map<string, Pick<Change, 'item' | 'deletedAt'>>

/** A client that keeps a copy in step, in pages of that size; it does what docs/api.md tells, and nothing else. */
export const replicaOf = (person: Person, limit: number) => {
  const copy: Copy = new Map()
  let since = ''

  /** Takes one page over; whether there is more. */
  const step = async (): Promise<boolean> => {
    const answer = await person.send('GET', `/v1/sync?limit=${limit}${since && `&since=${since}`}`)
    if (answer.status !== 200) throw new Error(`sync answered ${answer.status}: ${await answer.text()}`)
    const { changes, next, more } = await answer.json<Answer>()
    if (changes.length > limit) throw new Error(`a page of ${changes.length}, not of ${limit}`)
    for (const { type, id, item, deletedAt } of changes) {
      if (item === null) copy.delete(`${type} ${id}`)
      else copy.set(`${type} ${id}`, { item, deletedAt })
    }
    since = next
    return more
  }

  return {
    copy,
    step,
    catchUp: async () => {
      while (await step());
    },
  }
}

/** What the API tells of all that a person has in use, page by page, in the form of a copy. */
export const inUse = async (person: Person): Promise<Copy> => {
  const copy: Copy = new Map()
  for (const [type, path] of [
    ['task', '/v1/tasks'],
    ['list', '/v1/lists'],
    ['label', '/v1/labels'],
    ['completion', '/v1/completions'],
  ]) {
    for (const item of await all<{ id: string } & NonNullable<Change['item']>>(person, path ?? '')) {
      copy.set(`${type} ${item.id}`, { item, deletedAt: null })
    }
  }
  return copy
}

/** The trash as the API tells it: what was deleted itself. */
export const trashOf = (person: Person) => all<Trashed>(person, '/v1/trash')

/** All in the trash, what went along included: the API does not tell it, so by type and id, version and time, of the rows. */
export const inTrash = async (person: Person): Promise<string[]> => {
  const rows = await sql(
    ['task', 'list', 'label']
      .map(
        (type) => `select '${type} ' || id || ' ' || version || ' ' ||
          to_char(deleted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as row
          from ${type}s where user_id = $1 and deleted_at is not null`,
      )
      .join(' union all '),
    [person.id],
  )
  return rows.map(({ row }) => String(row)).toSorted()
}

const all = async <T>(person: Person, path: string): Promise<T[]> => {
  const items: T[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const answer = await person.send('GET', `${path}?limit=100${cursor && `&cursor=${cursor}`}`)
    const page: { items: T[]; nextCursor: string | null } = await answer.json()
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return items
}
