import { describe, it } from 'vitest'
import { signUp } from './support/person.ts'
import { everythingOf, imported, importing } from './support/transfer.ts'

const HEADER =
  'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT'
const project = (...rows: string[]) => [HEADER, ...rows, ''].join('\r\n')
const todoist = { format: 'todoist' } as const

describe('a project of Todoist’s', () => {
  it('comes with its tasks, labels, sections and comments', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = `\ufeff${project(
      'meta,view_style=list,,,,,,,,,,',
      'task,Buy milk @errand @shop,two bottles,1,1,Ada (1),,2026-12-01,en,Europe/Berlin,,',
      'note,"say ""hello"",\r\nthen go",,,,Ada (1),,,,,,',
      'task,At the shop,,4,2,,,,,,,',
      'task,Third,,2,3,,,,,,,',
      'task,Top again,,3,1,,,2026-12-01 9:00,en,Europe/Berlin,30,minute',
      ',,,,,,,,,,,',
      'section,Garden,,,,,,,,,,',
      'task,Sow @ home; peas,,4,1,,,every monday,en,,,',
    )}`
    const { lines } = await imported(ada, file, { ...todoist, list: 'Home' })
    expect(lines.filter(({ outcome }) => outcome !== 'added')).toEqual([])
    expect(lines.map(({ line, kind, title }) => [line, kind, title])).toEqual([
      [3, 'label', 'errand'],
      [3, 'label', 'shop'],
      [3, 'list', 'Home'],
      [11, 'list', 'Home: Garden'],
      [3, 'task', 'Buy milk'],
      [6, 'task', 'At the shop'],
      [7, 'task', 'Third'],
      [8, 'task', 'Top again'],
      [11, 'task', 'Sow @ home; peas'],
    ])
    const { lists = [], labels = [], tasks } = await everythingOf(ada)
    const idOf = (name: string) => [...lists, ...labels].find((one) => one.name === name)?.id
    const found = (title: string) => tasks.find((task) => task.title === title)
    expect(found('Buy milk')).toMatchObject({
      notes: 'two bottles\n\nsay "hello",\r\nthen go',
      priority: 3,
      due: { date: '2026-12-01' },
      listId: idOf('Home'),
      parentId: null,
      labelIds: [idOf('errand'), idOf('shop')],
    })
    expect(found('At the shop')).toMatchObject({ priority: 0, parentId: found('Buy milk')?.id })
    expect(found('Third')).toMatchObject({ priority: 2, parentId: found('At the shop')?.id })
    expect(found('Top again')).toMatchObject({
      priority: 1,
      parentId: null,
      due: { dateTime: '2026-12-01T09:00:00', timeZone: 'Europe/Berlin' },
      notes: 'Duration: 30 minute',
    })
    expect(found('Sow @ home; peas')).toMatchObject({
      listId: idOf('Home: Garden'),
      recurrence: { rule: 'FREQ=WEEKLY;BYDAY=MO', from: 'schedule' },
    })
    const again = await imported(ada, file, { ...todoist, list: 'Home' })
    expect(again.counts).toEqual({ added: 0, alreadyThere: 9, refused: 0, ignored: 0 })
  })

  it('has its tasks in their order, those that are alike twice', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = project('task,a,,,1', 'task,b,,,2', 'task,a,,,1', 'task,b,,,2', 'task,b,,,2')
    expect((await imported(ada, file, todoist)).counts.added).toBe(5)
    expect((await imported(ada, file, todoist)).counts.alreadyThere).toBe(5)
    expect((await everythingOf(ada)).tasks.map(({ title }) => title).join('')).toBe('aabbb')
  })

  it('keeps what was not understood of a date in the notes, and says so', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = project(
      'task,a,,,1,,,when pigs fly,en,',
      'task,b,,,1,,,jeden Montag,de,',
      'task,c,,,1,,,every monday when pigs fly,en,',
      'task,d,,,1,,,tomorrow 9am,en,',
      'task,e,,,1,,,2026-12-01,de,',
    )
    const { lines } = await imported(ada, file, todoist)
    const told = ['its date was not understood: it is in the notes']
    expect(lines.map(({ warnings }) => warnings)).toEqual([told, told, told, undefined, undefined])
    const { tasks } = await everythingOf(ada)
    expect(tasks.map(({ notes }) => notes)).toEqual([
      'when pigs fly',
      'jeden Montag',
      'every monday when pigs fly',
      '',
      '',
    ])
    expect(tasks[2]?.recurrence?.rule).toBe('FREQ=WEEKLY;BYDAY=MO')
    expect(tasks[3]?.due).toEqual({ dateTime: expect.stringMatching(/T09:00:00$/) })
    expect(tasks[4]?.due).toEqual({ date: '2026-12-01' })
  })

  it('may be written with semicolons, other ends of lines, fewer columns', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = 'type;Content;Priority\ntask;"a;b";1\n\ntask;c'
    const { lines } = await imported(ada, file, todoist)
    expect(lines).toMatchObject([
      { line: 2, title: 'a;b' },
      { line: 4, title: 'c' },
    ])
  })

  it('says of each row what came of it', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = project('note,about the project', 'wish,x', `task,${'x'.repeat(501)}`, ',y', 'task,@only')
    const { lines } = await imported(ada, file, { ...todoist, dryRun: 'true' })
    expect(lines).toMatchObject([
      { kind: 'label', title: 'only' },
      { line: 2, outcome: 'ignored', warnings: ['is a comment on no task'] },
      { line: 3, outcome: 'ignored', warnings: ['is of a type that is not known'] },
      {
        line: 4,
        outcome: 'refused',
        errors: [{ path: 'title', message: 'must have at most 500 characters' }],
      },
      { line: 5, outcome: 'ignored', warnings: ['is of no type'] },
      { line: 6, outcome: 'added', title: '@only' },
    ])
    const answer = await importing(ada, file, todoist)
    expect([answer.status, await answer.json()]).toMatchObject([400, { errors: [{ path: 'lines.4.title' }] }])
    expect(await ada.tasks()).toEqual([])
  })

  it.for([
    ['', 'lines.1'],
    ['title,notes\na,b', 'lines.1'],
    ['TYPE,CONTENT\ntask,"a\nb', 'lines.3'],
    ['TYPE,CONTENT\ntask,a\ntask,a"b"', 'lines.3'],
  ] as const)('is none, and says where: %j', async ([file, path], { expect }) => {
    const answer = await importing(await signUp('ada'), file, todoist)
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { code: 'invalid_request', errors: [{ path }] },
    ])
  })
})
