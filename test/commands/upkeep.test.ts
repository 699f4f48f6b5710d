import { afterAll, beforeAll, describe, it } from 'vitest'
import { applyMigrations } from '../../local/database.ts'
import { cluster } from './support/setup-cluster.ts'

// As on Neon, the owner is no superuser: forced row-level security binds it, and with it the functions that run as it.
const { start, stop, superuser, createDatabase, asOwner } = cluster()

const sql = async (text: string) => (await superuser(text, 'due')).rows
const asRole = (role: string, text: string) => sql(`set role ${role}; ${text}; reset role`)

beforeAll(async () => {
  await start()
  await createDatabase('due')
  await asOwner('due', (owner) => applyMigrations(owner))
  // Triggers keep up what they do for everybody; a superuser stands in for people whose sessions are of no interest here.
  await sql(`
    insert into users (id, name, email) values (gen_random_uuid(), 'Ada', 'a@x.invalid'), (gen_random_uuid(), 'Bob', 'b@x.invalid');
    insert into lists (user_id, id, name) select id, gen_random_uuid(), 'Home' from users;
    insert into labels (user_id, id, name) select id, gen_random_uuid(), 'errand' from users;
    insert into tasks (user_id, id, title, label_ids) select labels.user_id, gen_random_uuid(), 'kept', array[labels.id] from labels;
    insert into tasks (user_id, id, title, list_id) select user_id, gen_random_uuid(), 'in the list', id from lists;
    insert into tasks (user_id, id, title, parent_id)
      select user_id, gen_random_uuid(), 'below', id from tasks where title = 'in the list';
    update tasks set completed_at = now(), completed_with = id where title = 'below';
    update lists set deleted_at = now(), deleted_with = id;
    update labels set deleted_at = now(), deleted_with = id;
    update tasks set deleted_at = now() - interval '30 days' where deleted_at is not null and user_id in (select id from users where name = 'Ada');
    update lists set deleted_at = now() - interval '30 days' where user_id in (select id from users where name = 'Ada');
    update labels set deleted_at = now() - interval '30 days' where user_id in (select id from users where name = 'Ada')`)
})
afterAll(stop)

const TABLES = ['tasks', 'lists', 'labels', 'completions', 'task_labels']
const rowsOf = async (name: string) => {
  const all = TABLES.map(
    (table) => `select '${table}' as name, to_jsonb(t)::text as row from ${table} t
    where user_id in (select id from users where name = '${name}')`,
  )
  return sql(`${all.join(' union all ')} order by 1, 2`)
}

describe('what is due, where the owner is bound by row-level security', () => {
  it('is all that the owner sees, and it can only delete it', async ({ expect }) => {
    await asOwner('due', async (owner) => {
      const owners = async (table: string) =>
        (await owner.query(`select users.name from ${table} join users on users.id = user_id`)).rows
      for (const [table, rows] of [
        ['tasks', 2],
        ['lists', 1],
        ['labels', 1],
        ['completions', 1],
        ['task_labels', 1],
      ] as const) {
        expect(await owners(table), table).toEqual(Array(rows).fill({ name: 'Ada' }))
      }
      for (const statement of [
        "update tasks set title = 'changed'",
        'update lists set deleted_at = null',
        "insert into labels (user_id, id, name) select id, gen_random_uuid(), 'more' from users",
      ]) {
        await expect(owner.query(statement), statement).rejects.toMatchObject({ code: '42501' })
      }
    })
  })

  it('is purged by the sign-in role, and by nobody else', async ({ expect }) => {
    const purge =
      'select edgewise.purge_due_tasks(1000), edgewise.purge_due_lists(1000), edgewise.purge_due_labels(1000)'
    await expect(asRole('edgewise_api', purge)).rejects.toMatchObject({ code: '42501' })
    const [kept, before] = [await rowsOf('Bob'), await rowsOf('Ada')]
    expect(before).toHaveLength(7)
    const steps = async () => {
      const deleted: number[] = []
      for (const kind of ['tasks', 'tasks', 'lists', 'labels', 'tasks', 'lists', 'labels']) {
        const result = await superuser(
          `set role edgewise_auth; select edgewise.purge_due_${kind}(1000) as deleted; reset role`,
          'due',
        )
        deleted.push((result as unknown as { rows: { deleted: number }[] }[])[1]?.rows[0]?.deleted ?? -1)
      }
      return deleted
    }
    // The task below and its completion, the one above, the list, the label and its link to a task.
    expect(await steps()).toEqual([2, 1, 1, 2, 0, 0, 0])
    expect(await rowsOf('Bob')).toEqual(kept)
    expect((await rowsOf('Ada')).map(({ name }) => name)).toEqual(['tasks'])
    expect(await sql('select kind, count(*)::int from edgewise.tombstones group by 1 order by 1')).toEqual([
      { kind: 'completion', count: 1 },
      { kind: 'label', count: 1 },
      { kind: 'list', count: 1 },
      { kind: 'task', count: 2 },
    ])
  })
})
