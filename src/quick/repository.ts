import { type SQL, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import * as z from 'zod'
import type { UserScope } from '../db/user-scope.ts'
import { earlierAnswer } from '../db/write.ts'
import { tasksOf } from '../tasks/repository.ts'
import { taskView } from '../tasks/view.ts'
import { Named, type QuickResult, Understood } from './contract.ts'
import type { Reading } from './parse.ts'

const Told = Understood.omit({ list: true, labels: true })

const BLANK = { notes: '', listId: null, parentId: null, labelIds: [] }

/** The steps of the write, by what others of them need of their answers. */
const LIST_STEP = 0
const LABELS_STEP = 1

/** Tasks out of plain words, of one user. */
export const quickTasksOf = (scope: UserScope) => {
  /** The user's list of that name, made if there is none: not an archived one, if there is another. */
  const list = (name: string | undefined) =>
    name === undefined
      ? scope.rawChange(() => sql`'null'::jsonb`, z.null())
      : scope.rawChange(
          () => sql`(select jsonb_build_object('id', id, 'name', name, 'isNew', is_new) from (
            select id, name, false as is_new from found union all select id, name, true from made
          ) as list)`,
          Named,
          (owner) => sql`found as (
            select id, name from lists where user_id = ${owner} and deleted_at is null and lower(name) = lower(${name}::text)
            order by archived_at desc nulls first, position limit 1
          ), made as (
            insert into lists (user_id, id, name)
            select ${owner}, ${uuidv7()}::uuid, ${name}::text where not exists (select from found) returning id, name
          )`,
        )

  /** The user's labels of these names, made where there is none, in this order. */
  const labels = (names: readonly string[]) => {
    const wanted = JSON.stringify(names.map((name) => ({ id: uuidv7(), name })))
    return scope.rawChange(
      (owner) => sql`(select coalesce(jsonb_agg(label order by place), '[]') from (
        select jsonb_build_object('id', there.id, 'name', there.name, 'isNew', there.is_new) as label, min(wanted.place) as place
        from wanted join (
          select id, name, false as is_new from labels where user_id = ${owner} and deleted_at is null
          union all select id, name, true from made
        ) as there on lower(there.name) = lower(wanted.name)
        group by there.id, there.name, there.is_new
      ) as named)`,
      z.array(Named),
      (owner) => sql`wanted as (
        select (wish ->> 'id')::uuid as id, wish ->> 'name' as name, place
        from jsonb_array_elements(${wanted}::jsonb) with ordinality as wishes (wish, place)
      ), made as (
        insert into labels (user_id, id, name)
        select distinct on (lower(name)) ${owner}, id, name from wanted where not exists (
          select from labels
          where user_id = ${owner} and deleted_at is null and lower(labels.name) = lower(wanted.name)
        ) order by lower(name), place returning id, name
      )`,
    )
  }

  const task = ({ title, priority, due, recurrence, upcoming }: Reading) =>
    tasksOf(scope).add(
      { ...BLANK, title, priority, due, recurrence, upcoming },
      {
        listId: sql`(${earlierAnswer(LIST_STEP)} ->> 'id')::uuid`,
        labelIds: idsIn(earlierAnswer(LABELS_STEP)),
      },
    )

  return {
    /**
     * Makes the task, with its list and its labels where there are none of these names. The answer is all that is kept
     * for those who ask again: a later moment may read the same words otherwise.
     */
    add: async (reading: Reading, { isTrial }: { isTrial: boolean }): Promise<QuickResult> => {
      const { list: listName, labels: labelNames, upcoming: _, ...told } = reading
      const [madeList, madeLabels, row, kept] = await scope.together(
        [
          list(listName),
          labels(labelNames),
          task(reading),
          scope.rawChange(() => sql`${JSON.stringify(told)}::jsonb`, Told),
        ] as const,
        { isTrial },
      )
      return { task: taskView(row), understood: { ...kept, list: madeList, labels: madeLabels } }
    },
  }
}

const idsIn = (named: SQL): SQL =>
  sql`array(select (label ->> 'id')::uuid from jsonb_array_elements(${named}) with ordinality as labels (label, place) order by place)`
