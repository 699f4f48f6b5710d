import { PASSWORD, signUp } from './people.ts'
import { MAIL_TO_NOWHERE, newSecret, type Stage } from './stage.ts'
import { buildConfig, startWorker } from './workerd.ts'

/** Milliseconds of each request, by how many tasks it takes along. */
export type Along = Map<string, Map<number, number>>

const SIZES = [1_000, 10_000, 100_000]

const BASE_URL = 'http://edgewise.test'

const LARGEST_GROWTH = 3

const [LIST, OTHER_LIST, LABEL, ROOT] = [1, 2, 3, 4].map((n) => `019aa2f4-8a3c-7d52-9c11-00000000000${n}`)

/** Each thing that may have many tasks, gone and back again; `body` is for those that need one. */
const REQUESTS: [name: string, method: string, path: string, body?: object][] = [
  ['delete a list', 'DELETE', `/v1/lists/${LIST}`],
  ['restore it', 'POST', `/v1/trash/${LIST}/restoration`],
  ['delete a label', 'DELETE', `/v1/labels/${LABEL}`],
  ['restore it', 'POST', `/v1/trash/${LABEL}/restoration`],
  ['complete what is above', 'POST', `/v1/tasks/${ROOT}/completion`],
  ['reopen it', 'DELETE', `/v1/tasks/${ROOT}/completion`],
  ['delete what is above', 'DELETE', `/v1/tasks/${ROOT}`],
  ['restore it', 'POST', `/v1/trash/${ROOT}/restoration`],
  ['move what is above to another list', 'POST', `/v1/tasks/${ROOT}/move`, { listId: OTHER_LIST }],
  ['delete that list', 'DELETE', `/v1/lists/${OTHER_LIST}`],
  ['purge it', 'DELETE', `/v1/trash/${OTHER_LIST}`],
]

/**
 * How long it takes to delete, restore, complete, reopen, move and purge what so many tasks go along with, and to delete an
 * account that has so many, at the Worker as deployed. All of them are in one list, below one task, with one label.
 */
export const measureAlong = async (stage: Stage): Promise<Along> => {
  const config = await buildConfig('src/index.ts', await stage.newFolder('along'), {
    DATABASE_URL: stage.urls.api,
    AUTH_DATABASE_URL: stage.urls.auth,
    BETTER_AUTH_SECRET: newSecret(),
    ...MAIL_TO_NOWHERE,
    BASE_URL,
    DATABASE_DEADLINE_MS: '60000',
  })
  const worker = await startWorker(config)
  stage.onStrike(worker.stop)
  const times: Along = new Map()

  for (const size of SIZES) {
    const newPerson = async (name: string) => {
      const person = await signUp(worker.origin, BASE_URL, stage.client, `${name}-${size}@example.com`)
      const send = async (method: string, path: string, body?: object) => {
        const token = path.startsWith('/api/') ? person.sessionToken : person.accessToken
        const answer = await fetch(`${worker.origin}${path}`, {
          method,
          headers: {
            Authorization: `Bearer ${token}`,
            Origin: BASE_URL,
            ...(body && { 'Content-Type': 'application/json' }),
          },
          ...(body && { body: JSON.stringify(body) }),
        })
        const text = await answer.text()
        if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`)
      }
      const timed = async (name: string, ...request: Parameters<typeof send>) => {
        // What other requests have left to do is not this one's.
        await stage.client.query('checkpoint')
        await stage.client.query('vacuum analyze tasks')
        const startedAt = performance.now()
        await send(...request)
        const ofName = times.get(name) ?? new Map()
        times.set(name, ofName.set(size, performance.now() - startedAt))
      }
      await send('POST', '/v1/batch', {
        operations: [
          { operation: 'createList', body: { id: LIST, name: 'Many' } },
          { operation: 'createList', body: { id: OTHER_LIST, name: 'More' } },
          { operation: 'createLabel', body: { id: LABEL, name: 'all' } },
          { operation: 'createTask', body: { id: ROOT, title: 'Above', listId: LIST, labelIds: [LABEL] } },
        ],
      })
      await addBelow(stage, person.id, size - 1)
      return { send, timed }
    }

    const ada = await newPerson('ada')
    let before = ''
    for (const [name, ...request] of REQUESTS) {
      await ada.timed(name === 'restore it' ? `${before}, ${name}` : name, ...request)
      before = name
    }
    const bob = await newPerson('bob')
    await bob.timed('delete an account', 'POST', '/api/auth/delete-user', { password: PASSWORD })
  }
  return times
}

/** Adds so many tasks below the one there is, as its owner would. */
const addBelow = async ({ client }: Stage, userId: string, count: number) => {
  await client.query('alter table tasks disable trigger user')
  await client.query(
    `insert into tasks (user_id, id, title, notes, priority, due_date, list_id, parent_id, label_ids, position, changed_in, search)
     select $1, gen_random_uuid(), title, notes, n % 4, case when n % 2 = 0 then date '2026-12-01' + n % 100 end,
       $2, $3, array[$4::uuid], 'g' || lpad(n::text, 7, '0') || 'V', 1, edgewise.searchable(title, notes)
     from generate_series(1, $5::integer) n, lateral (
       select 'Task ' || n || ' of many' as title, case when n % 3 = 0 then repeat('note ' || n || ' ', n % 8) else '' end as notes
     ) texts`,
    [userId, LIST, ROOT, LABEL, count],
  )
  await client.query('alter table tasks enable trigger user')
  await client.query(
    'insert into task_labels (user_id, task_id, label_id) select user_id, id, $2 from tasks where user_id = $1 and parent_id is not null',
    [userId, LABEL],
  )
  await client.query('update edgewise.writers set tasks = tasks + $2 where user_id = $1', [userId, count])
}

/** Whether each takes about as long as a tenth of them does each: what compares all with all takes ten times as long. */
export const isLinear = (times: Along): boolean =>
  [...times.values()].every((bySize) => growthOf(bySize) < LARGEST_GROWTH)

/** The report in Markdown. */
export const reportAlong = (times: Along, machine: string): string => `# What goes along

Made by \`npm run bench -- along\` on ${machine}.

What takes so many tasks along with one thing, in one request and one statement for all of them, once each. 100,000 is all that one may have.
The last column is the time for each of the most to that for each of a tenth as many: about 1 where it grows as they do, and under ${LARGEST_GROWTH}.

| | ${SIZES.map((size) => `${size.toLocaleString('en')} tasks`).join(' | ')} | for each |
| --- ${SIZES.map(() => '| ---: ').join('')}| ---: |
${[...times].map(([name, bySize]) => `| ${name} | ${SIZES.map((size) => milliseconds(bySize.get(size))).join(' | ')} | ${growthOf(bySize).toFixed(2)} × |`).join('\n')}
`

const growthOf = (bySize: Map<number, number>): number => {
  const [few, many] = SIZES.slice(-2).map((size) => (bySize.get(size) ?? Number.NaN) / size)
  return (many ?? Number.NaN) / (few ?? Number.NaN)
}

const milliseconds = (value = Number.NaN) => `${value.toFixed(0)} ms`
