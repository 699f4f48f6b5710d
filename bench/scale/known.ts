import type pg from 'pg'
import type { Known } from './contract.ts'

export interface Someone {
  number: number
  id: string
  sessionToken: string
  known: Known
}

/** One of the people that `fill` makes, by number, with things of theirs that are common and others that are rare. */
export const someoneOf = async (client: pg.Client, number: number): Promise<Someone> => {
  const {
    rows: [person],
  } = await client.query<{ id: string; token: string }>(
    `select users.id, token from users join sessions on user_id = users.id where name = $1`,
    [`Person ${number}`],
  )
  if (!person) throw new Error('there is nobody of that number')
  const column = async (query: string): Promise<string[]> => {
    const { rows } = await client.query<{ value: string }>(query, [person.id])
    return rows.map(({ value }) => value)
  }
  const extremes = (of: string, from: string) =>
    column(`with counted as (select ${of} as value, count(*) as times from ${from} group by 1)
      (select value from counted where value is not null order by times desc, value limit 1)
      union all (select value from counted where value is not null order by times, value limit 1)`)
  const mine = 'tasks where user_id = $1 and deleted_at is null'
  const list = await extremes('list_id', mine)
  const label = await extremes('label', `(select unnest(label_ids) as label from ${mine}) as labelled`)
  const parent = await extremes('parent_id', mine)
  const days =
    await column(`select (due_date)::text as value from ${mine} and due_date is not null order by due_date offset
      (select count(*) / 2 from ${mine} and due_date is not null) limit 1`)
  const moments =
    await column(`select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as value
      from (select max(updated_at) - interval '1 day' as moment from ${mine} union all select max(updated_at) - interval '400 days' from ${mine})`)
  const known: Known = {
    list,
    label,
    parent,
    task: parent.slice(0, 1),
    dueBefore: days,
    dueAfter: days,
    dueOn: days,
    changedSince: moments,
    timeZone: ['Pacific/Auckland'],
    // A letter, the commonest word, the beginning of some, two words, one that few tasks have, and one that none has.
    q: ['b', 'call', 'ter', 'call the', 'Straße', 'zyzzyva'],
    '/v1/tasks/': parent.slice(0, 1),
    '/v1/lists/': list.slice(0, 1),
    '/v1/labels/': label.slice(0, 1),
  }
  return { number, id: person.id, sessionToken: person.token, known }
}
