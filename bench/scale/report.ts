import { median } from '../statistics.ts'
import { LARGEST_RATIO, type Paced } from './pace.ts'
import { unbounded } from './plans.ts'
import type { PersonScale, Scale } from './scale.ts'

/** Whether every plan goes by the owner, and nothing takes longer than it may for others being there. */
export const isFlat = ({ people }: Scale): boolean =>
  people.every(({ planned, paced }) => unbounded(planned).length === 0 && overIn(paced).length === 0)

/** The report in Markdown. */
export const reportScale = ({ world, people, fillSeconds }: Scale, machine: string): string => {
  const count = (value: number) => value.toLocaleString('en')
  return `# Scale

Made by \`npm run bench -- scale\` on ${machine}: ${count(world.tasks)} tasks of ${count(world.users)} users, one of them with ${count(world.bigTasks)}; filled in ${fillSeconds.toFixed(0)} s.

Everything that a user can ask is asked of the Worker, from the parameters of its contract: each filter alone and in pairs, all of them at once, in
every order, on the first page, in the middle and at the far end. What it sends to the database runs there as the data role. A request is its whole
transaction; its time is the median of at least 15, in turns with the same in a database that holds only these users, and its ratio that of the
rounds' own ratios. Every page of a list, a search and what has changed is held to 1.2; what reads one thing, or all that a user has, is
shown beside.

${people.map(personReport).join('\n')}`
}

const personReport = ({
  who,
  tasks,
  planned,
  paced,
}: PersonScale): string => `## ${who}, ${tasks.toLocaleString('en')} tasks

${table(
  ['', 'requests', '', ''],
  [
    ['plans', String(planned.length), 'not by an index on the owner', String(unbounded(planned).length)],
    ['times', String(paced.length), `pages over ${LARGEST_RATIO} ×`, String(overIn(paced).length)],
  ],
)}

${unbounded(planned)
  .map(
    ({ name, scans }) => `- **plan** ${name}: ${scans.map(({ how }) => how).join(', ') || 'no scan seen'}\n`,
  )
  .join('')}
${table(
  ['', 'requests', 'p50', 'p50, worst', 'ratio', 'ratio, worst', 'worst'],
  groupsOf(paced).map(([group, requests]) => {
    const [slowest] = requests.toSorted((a, b) => b.fullMs - a.fullMs)
    return [
      group,
      String(requests.length),
      milliseconds(median(requests.map(({ fullMs }) => fullMs))),
      milliseconds(slowest?.fullMs ?? 0),
      times(median(requests.map(({ ratio }) => ratio))),
      times(Math.max(...requests.map(({ ratio }) => ratio))),
      `\`${slowest?.name}\``,
    ]
  }),
)}

${overIn(paced)
  .map(({ name, fullMs, ratio }) => `- **over** ${name}: ${milliseconds(fullMs)}, ${times(ratio)}\n`)
  .join('')}`

const overIn = (paced: Paced[]): Paced[] =>
  paced.filter(({ isPage, ratio }) => isPage && ratio > LARGEST_RATIO)

/** By path, and what is listed by its order. */
const groupsOf = (paced: Paced[]): [string, Paced[]][] => {
  const groups = Map.groupBy(paced, ({ name }) =>
    name
      .split(/[ ,]/)
      .filter((part) => part.startsWith('/') || part.startsWith('sort='))
      .join(' '),
  )
  return [...groups]
}

const times = (ratio: number) => `${ratio.toFixed(2)} ×`

const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 2 : 0)} ms`

const table = (head: string[], rows: string[][]) =>
  [head, head.map((_, column) => (column === 0 ? '---' : '---:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
