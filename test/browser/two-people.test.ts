import { describe } from 'vitest'
import { add, boxOf, isSaved, titlesOn } from './support/app.ts'
import { titlesOf } from './support/person.ts'
import { test } from './support/test.ts'

describe('two people', () => {
  test('never see what is the other’s, each in a browser of their own', async ({
    open,
    ada,
    bob,
    expect,
  }) => {
    const [hers, his] = await Promise.all([
      open({ by: ada, path: '/inbox' }),
      open({ by: bob, path: '/inbox' }),
    ])
    await Promise.all([add(hers, 'Her secret'), add(his, 'His secret')])
    await Promise.all([isSaved(hers), isSaved(his)])
    await Promise.all([hers.reload(), his.reload()])
    await boxOf(hers, 'Her secret').waitFor()
    expect(await titlesOn(hers)).toEqual(['Her secret'])
    await boxOf(his, 'His secret').waitFor()
    expect(await titlesOn(his)).toEqual(['His secret'])
    expect([await titlesOf(ada), await titlesOf(bob)]).toEqual([['Her secret'], ['His secret']])
  })

  test('do not see the other’s list by its address', async ({ open, ada, bob, expect }) => {
    const list = await ada.edgewise.lists.add({ name: 'Vault' })
    await ada.edgewise.tasks.add({ title: 'Her secret', listId: list.id })
    const [hers, his] = await Promise.all([
      open({ by: ada, path: `/lists/${list.id}` }),
      open({ by: bob, path: `/lists/${list.id}` }),
    ])
    await boxOf(hers, 'Her secret').waitFor()
    await his.getByRole('navigation', { name: 'Places' }).waitFor()
    await isSaved(his)
    expect(await his.getByText(/Vault|Her secret/).count()).toBe(0)
  })
})
