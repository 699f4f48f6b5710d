import { describe, it } from 'vitest'
import { signUp } from './support/person.ts'
import { everythingOf, imported, importing } from './support/transfer.ts'

const HEADER =
  'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT'
const project = (...rows: string[]) => [HEADER, ...rows, ''].join('\r\n')
const todoist = { format: 'todoist' } as const
/** Nothing but `tomorrow` in it, and yet too long to be read. */
const LONG_DATE = `tomorrow ${'- '.repeat(100)}-`

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

  it('has its sections apart', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = project(
      'task,a,,,1',
      'section,Garden,,,',
      'note,about the garden,,,',
      'task,b,,,2',
      'task,c,,,1',
      'section,,,,',
      'task,d,,,1',
    )
    const { lines } = await imported(ada, file, todoist)
    expect(lines.map(({ line, kind, title, outcome }) => [line, kind, title, outcome])).toEqual([
      [5, 'list', 'Garden', 'added'],
      [2, 'task', 'a', 'added'],
      [4, null, 'about the garden', 'ignored'],
      [5, 'task', 'b', 'added'],
      [6, 'task', 'c', 'added'],
      [8, 'task', 'd', 'added'],
    ])
    const { lists, tasks } = await everythingOf(ada)
    const garden = lists?.[0]?.id
    expect(tasks.map(({ title, notes, listId, parentId }) => [title, notes, listId, parentId])).toEqual([
      ['a', '', null, null],
      ['b', '', garden, null],
      ['c', '', garden, null],
      ['d', '', null, null],
    ])
  })

  it('has five levels, and what is deeper is on the fifth', async ({ expect }) => {
    const ada = await signUp('ada')
    const rows = [...'123456'].map((level) => `task,${level},,,${level}`)
    const { lines } = await imported(ada, project(...rows), todoist)
    expect(lines.map(({ warnings }) => warnings)).toEqual(Array(6).fill(undefined))
    const { tasks } = await everythingOf(ada)
    const parentOf = (title: string) => {
      const { parentId } = tasks.find((task) => task.title === title) ?? {}
      return tasks.find(({ id }) => id === parentId)?.title
    }
    expect([...'123456'].map(parentOf)).toEqual([undefined, '1', '2', '3', '4', '4'])
  })

  it('is another one in another list, and in another section', async ({ expect }) => {
    const ada = await signUp('ada')
    const add = async (file: string, list: string) =>
      (await imported(ada, file, { ...todoist, list })).counts.added
    expect(await add(project('task,a'), 'Home')).toBe(2)
    expect(await add(project('task,a'), 'Work')).toBe(2)
    expect(await add(project('section,Garden', 'task,a'), 'Home')).toBe(2)
    expect(await add(project('section,Garden', 'task,a'), 'Home')).toBe(0)
  })

  it('has no two tasks that are taken for one, whatever they are called', async ({ expect }) => {
    const ada = await signUp('ada')
    const { counts } = await imported(ada, project('task,a,,,1', 'task,0,,,2', 'task,a00,,,1'), todoist)
    expect(counts.added).toBe(3)
  })

  it('tells times where its rows say, or else the caller', async ({ expect }) => {
    const ada = await signUp('ada')
    const at = (name: string, zone: string) => `task,${name},,,1,,,2026-12-01 9:00,en,${zone}`
    const file = project(at('a', 'Europe/Berlin'), at('b', ''), at('c', 'Atlantis'))
    await imported(ada, file, { ...todoist, timeZone: 'Asia/Tokyo' })
    const dateTime = '2026-12-01T09:00:00'
    expect((await everythingOf(ada)).tasks.map(({ due }) => due)).toEqual([
      { dateTime, timeZone: 'Europe/Berlin' },
      { dateTime, timeZone: 'Asia/Tokyo' },
      { dateTime },
    ])
  })

  it('keeps how long a task takes and its deadline in the notes', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = [
      'TYPE,CONTENT,DESCRIPTION,DURATION,DURATION_UNIT,DEADLINE',
      'task,a,soon,None,None,2026-12-24',
      'task,b,,30,,',
    ].join('\n')
    const { lines } = await imported(ada, file, todoist)
    expect(lines.map(({ warnings }) => warnings)).toEqual([['its deadline is in the notes'], undefined])
    expect((await everythingOf(ada)).tasks.map(({ notes }) => notes)).toEqual([
      'soon\n\nDeadline: 2026-12-24',
      'Duration: 30',
    ])
  })

  it('has titles without their labels, each label once', async ({ expect }) => {
    const ada = await signUp('ada')
    const long = 'x'.repeat(101)
    await imported(ada, project('task,Buy @Shop @shop milk', 'task,@shop 2 @ 3 of me@example.com'), todoist)
    const { labels = [], tasks } = await everythingOf(ada)
    expect(labels.map(({ name }) => name)).toEqual(['Shop'])
    expect(tasks.map(({ title, labelIds }) => [title, labelIds])).toEqual([
      ['Buy milk', [labels[0]?.id]],
      ['2 @ 3 of me@example.com', [labels[0]?.id]],
    ])
    const answer = await importing(ada, project(`task,a @${long}`), todoist)
    expect(await answer.json()).toMatchObject({ errors: [{ path: 'lines.2.name' }] })
  })

  it('may hold 1,500 rows', async ({ expect }) => {
    const { counts } = await imported(await signUp('ada'), project(...Array(1_500).fill('note,x')), todoist)
    expect(counts).toEqual({ added: 0, alreadyThere: 0, refused: 0, ignored: 1_500 })
  })

  it('keeps what was not understood of a date in the notes, and says so', async ({ expect }) => {
    const ada = await signUp('ada')
    const file = project(
      'task,a,,,1,,,when pigs fly,en,',
      'task,b,,,1,,,jeden Montag,de,',
      'task,c,,,1,,,every monday when pigs fly,en,',
      'task,d,,,1,,,tomorrow 9am,en,',
      'task,e,,,1,,,2026-12-01,de,',
      'task,f,,,1,,,every monday 9am,en,',
      'task,g,,,1,,,5/12/2031,de,',
      'task,h,,,1,,,???,en,',
      `task,i,,,1,,,${LONG_DATE},en,`,
    )
    const { lines } = await imported(ada, file, todoist)
    const told = ['its date was not understood: it is in the notes']
    expect(lines.map(({ warnings }) => warnings)).toEqual([
      ...[told, told, told, undefined, undefined],
      ...[undefined, told, told, told],
    ])
    const { tasks } = await everythingOf(ada)
    expect(tasks.map(({ notes }) => notes)).toEqual([
      'when pigs fly',
      'jeden Montag',
      'every monday when pigs fly',
      '',
      '',
      '',
      '5/12/2031',
      '???',
      LONG_DATE,
    ])
    expect(tasks[5]).toMatchObject({
      due: { dateTime: expect.stringMatching(/T09:00:00$/) },
      recurrence: { rule: 'FREQ=WEEKLY;BYDAY=MO' },
    })
    expect(tasks.slice(6).map(({ due }) => due)).toEqual([null, null, null])
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
    const tabs = 'TYPE\t CONTENT\tPRIORITY\n Task \ta, b;; c\t 1 \n'
    expect((await imported(ada, tabs, todoist)).lines).toMatchObject([{ line: 2, title: 'a, b;; c' }])
    expect((await everythingOf(ada)).tasks.map(({ priority }) => priority)).toEqual([3, 0, 3])
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
    ['TYPE,title\ntask,b', 'lines.1'],
    ['title,CONTENT\na,b', 'lines.1'],
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
