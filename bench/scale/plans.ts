import type pg from 'pg'
import type { Captured } from './capture.ts'

/** One node of a plan, as `auto_explain` tells it in JSON. */
interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: Node[]
}

interface Scan {
  relation: string
  how: string
  /** Whether it looks at rows of the owner only, as an index tells them apart. */
  isOwners: boolean
}

export interface Planned {
  name: string
  scans: Scan[]
}

/**
 * Runs each request's transaction as the data role, and keeps how each of its statements was run, those inside of functions
 * too. `client` is a superuser's, and becomes the data role.
 */
export const plansOf = async (client: pg.Client, requests: Captured[]): Promise<Planned[]> => {
  await client.query(`
    load 'auto_explain';
    set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on;
    set auto_explain.log_format = json;
    set auto_explain.log_level = notice;
    set jit = off`)
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relrowsecurity or oid = 'edgewise.tombstones'::regclass`,
  )
  const owned = new Set(rows.map(({ name }) => name))
  await client.query('set session authorization edgewise_api')

  const planned: Planned[] = []
  let roots: Node[] = []
  client.on('notice', ({ message }) => {
    const [, json] = /^duration: .*? plan:\n(.*)$/s.exec(message ?? '') ?? []
    if (json) roots.push((JSON.parse(json) as { Plan: Node }).Plan)
  })
  for (const { name, statements } of requests) {
    roots = []
    await client.query('begin')
    for (const { query, params } of statements) await client.query({ text: query, values: params })
    await client.query('commit')
    planned.push({
      name,
      scans: roots.flatMap((root) => scansIn(root)).filter(({ relation }) => owned.has(relation)),
    })
  }
  return planned
}

/** Plans that read a user's table by anything but an index on the owner. */
export const unbounded = (planned: Planned[]): Planned[] =>
  planned.filter(({ scans }) => scans.some(({ isOwners }) => !isOwners))

/** Each scan of a table with how it is made. A bitmap's condition is in the index scans below it. */
const scansIn = (node: Node): Scan[] => {
  const { Plans: below = [], 'Relation Name': relation, 'Node Type': type, 'Index Name': index } = node
  const inner = below.flatMap(scansIn)
  if (relation === undefined) return inner
  const conditions = type === 'Bitmap Heap Scan' ? conditionsIn(below) : [node['Index Cond'] ?? '']
  return [
    {
      relation,
      how: [type, ...(index ? [index] : []), ...indexesIn(below)].join(' '),
      isOwners:
        type !== 'Seq Scan' &&
        conditions.length > 0 &&
        conditions.every((condition) => OWNER.test(condition)),
    },
    ...inner,
  ]
}

/** By the owner, or by the whole of a key that is nobody else's. */
const OWNER = /\(user_id = |^\(id = /

const conditionsIn = (nodes: Node[]): string[] =>
  nodes.flatMap((node) =>
    node['Node Type'] === 'Bitmap Index Scan' ? [node['Index Cond'] ?? ''] : conditionsIn(node.Plans ?? []),
  )

const indexesIn = (nodes: Node[]): string[] =>
  nodes.flatMap((node) =>
    node['Node Type'] === 'Bitmap Index Scan' ? [node['Index Name'] ?? ''] : indexesIn(node.Plans ?? []),
  )
