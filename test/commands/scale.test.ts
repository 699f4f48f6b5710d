import { afterAll, beforeAll, describe, it } from 'vitest'
import { valuesOf } from '../../bench/scale/contract.ts'
import { fill } from '../../bench/scale/fill.ts'
import { someoneOf } from '../../bench/scale/known.ts'
import { type Planned, plansOf, unbounded } from '../../bench/scale/plans.ts'
import { asSuperuser, captured, SETTINGS } from '../../bench/scale/scale.ts'
import { type Stage, setStage } from '../../bench/stage.ts'

// A hundredth of what `npm run bench -- scale` has: enough for the planner to leave no table to be read as a whole.
const WORLD = { users: 200, tasks: 20_000, bigTasks: 500, moment: new Date() }

describe('whatever one of many users asks', { timeout: 120_000 }, () => {
  let stage: Stage
  let planned: Planned[]

  beforeAll(async () => {
    stage = await setStage({ settings: { ...SETTINGS, shared_buffers: '256MB' } })
    await fill(stage.client, WORLD)
    const requests = await captured(stage, await someoneOf(stage.client, 1))
    planned = await asSuperuser(stage.databaseUrl, (client) => plansOf(client, requests))
  }, 120_000)

  afterAll(() => stage.strike())

  it('is found by an index on the owner', ({ expect }) => {
    expect(planned.length).toBeGreaterThan(400)
    expect(unbounded(planned)).toEqual([])
  })
})

describe('a query parameter that nobody gave a value', () => {
  it('is refused, so that none goes unmeasured', ({ expect }) => {
    const parameter = { name: 'mood', in: 'query', schema: { type: 'string' } }
    expect(() => valuesOf(parameter, {})).toThrow('mood')
  })
})
