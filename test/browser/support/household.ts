import type { Person } from './person.ts'

/** What somebody has who has used the app for a while: long titles, several scripts, late and recurring tasks, lists and labels. */
export const furnish = async ({ edgewise }: Person) => {
  const today = new Date()
  const day = (offset: number) =>
    new Date(today.getTime() + offset * 86_400_000 - today.getTimezoneOffset() * 60_000)
      .toISOString()
      .slice(0, 10)
  const [home, work, label, errands] = [newId(), newId(), newId(), newId()]
  const [trip, done, rubbish] = [newId(), newId(), newId()]
  await edgewise.batch([
    { operation: 'createList', body: { id: home, name: 'Home', color: '#2563eb' } },
    { operation: 'createList', body: { id: work, name: 'Work and everything that comes with it' } },
    { operation: 'createLabel', body: { id: label, name: 'phone', color: '#b45309' } },
    { operation: 'createLabel', body: { id: errands, name: 'errands' } },
    task({ title: 'Call the dentist', due: { date: day(-2) }, priority: 3, labelIds: [label] }),
    task({
      title: 'Water the plants',
      due: { date: day(0) },
      recurrence: { rule: 'FREQ=DAILY' },
      listId: home,
    }),
    task({ title: 'Buy milk', due: { date: day(0) }, priority: 1, labelIds: [errands] }),
    task({ title: 'Write to Ada', due: { date: day(1) }, notes: 'About the journey, and the tickets' }),
    task({ title: 'Renew the passport', due: { date: day(9) }, priority: 2 }),
    task({ title: 'A title so long that it needs more than one line, even on a wide screen, '.repeat(3) }),
    task({ title: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft' }),
    task({ title: 'لشراء الحليب والخبز من السوق' }),
    task({ id: trip, title: 'Plan the trip', listId: home }),
    task({ title: 'Book the train', parentId: trip }),
    task({ title: 'Find somebody for the cat', parentId: trip }),
    task({ title: 'Prepare the talk', listId: work, due: { date: day(3) }, priority: 2 }),
    task({ id: done, title: 'Pay the rent' }),
    task({ id: rubbish, title: 'Thrown away' }),
    { operation: 'completeTask', id: done },
    { operation: 'deleteTask', id: rubbish },
  ])
  return { list: home, label }
}

const newId = () => crypto.randomUUID()

type Batch = Parameters<Person['edgewise']['batch']>[0]
type NewTask = Extract<Batch[number], { operation: 'createTask' }>['body']

const task = (body: NewTask): Batch[number] => ({ operation: 'createTask', body })
