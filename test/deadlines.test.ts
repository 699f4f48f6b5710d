import { describe, it } from 'vitest'
import { idsFor, perform } from './support/attack.ts'
import { sql } from './support/database.ts'
import type { Fault } from './support/faults.ts'
import { type Operation, operations } from './support/openapi.ts'
import { addSession } from './support/other-session.ts'
import { type OwnWorker, ownWorker } from './support/own-worker.ts'
import { type Person, signUp } from './support/person.ts'
import { type Repeats, SIGNALS, SILENCE } from './support/signals.ts'
import { claimsOf } from './support/tokens.ts'

/** Time enough for a call and its repeat, also on a busy machine. */
const DEADLINE_MS = 8_000
const SHORT_DEADLINE_MS = 300

/** Far longer than the deadline, far shorter than for ever. */
const PATIENCE_MS = 12_000

/** Less than one attempt may take if its deadline lets it. */
const AT_THE_DEADLINE_MS = 900

type Effect = 'read' | 'write'

/** What each operation does to the database: an operation that is missing here fails. */
const EFFECTS: Record<string, Effect> = {
  listTasks: 'read',
  getTask: 'read',
  getMe: 'read',
  listSessions: 'read',
  endOtherSessions: 'write',
  endSession: 'write',
  createTask: 'write',
  completeTask: 'write',
  reopenTask: 'write',
  changeTask: 'write',
  deleteTask: 'write',
  moveTask: 'write',
  listLists: 'read',
  getList: 'read',
  createList: 'write',
  changeList: 'write',
  moveList: 'write',
  deleteList: 'write',
  listLabels: 'read',
  getLabel: 'read',
  createLabel: 'write',
  changeLabel: 'write',
  deleteLabel: 'write',
  listCompletions: 'read',
  listTrash: 'read',
  restore: 'write',
  purge: 'write',
  emptyTrash: 'write',
  makeBatch: 'write',
  quickAdd: 'write',
  sync: 'read',
  exportData: 'read',
  importData: 'write',
}

const NO_TRACE = [0, 0, 0]

const OPERATIONS = (await operations()).filter(({ isAuthenticated }) => isAuthenticated)

const effectOf = ({ operationId }: Operation): Effect => {
  const effect = EFFECTS[operationId]
  if (!effect) throw new Error(`say in EFFECTS what ${operationId} does to the database`)
  return effect
}

/** Reads are harmless to repeat, and so are writes: the database knows them by their keys. */
const mayRepeat = (repeats: Repeats) => repeats !== 'none'

const warmed = async (deadlineMs: number) => {
  const [ada, worker] = [await signUp('ada'), ownWorker({ deadlineMs })]
  await worker.as(ada).send('GET', '/v1/me')
  return { ada, worker }
}

/** What a call changed for that person: how many things there are, how often they were changed, and how many sessions. */
const traceOf = async <T>({ id }: Person, act: () => Promise<T>) => {
  const state = async () => {
    const [row] = await sql(
      `select count(*) as rows, coalesce(sum(version), 0) as versions,
         (select count(*) from sessions where user_id = $1) as sessions
       from (
         select version from tasks where user_id = $1
         union all select version from lists where user_id = $1
         union all select version from labels where user_id = $1
       ) as theirs`,
      [id],
    )
    return [Number(row?.rows), Number(row?.versions), Number(row?.sessions)] as const
  }
  const [rows, versions, sessions] = await state()
  const result = await act()
  const [rowsNow, versionsNow, sessionsNow] = await state()
  return { result, trace: [rowsNow - rows, versionsNow - versions, sessionsNow - sessions] }
}

const withinPatience = async (act: Promise<Response>): Promise<Response> => {
  const timer = new AbortController()
  const late = scheduler.wait(PATIENCE_MS, { signal: timer.signal }).then(() => {
    throw new Error('no answer long after the deadline')
  })
  try {
    return await Promise.race([act, late])
  } finally {
    late.catch(() => {})
    timer.abort()
  }
}

/** Sends the operation while the faults strike, and tells what came of it. */
const outcomeOf = async (worker: OwnWorker, ada: Person, operation: Operation, faults: Fault[]) => {
  const ids = await idsFor(ada, operation)
  if (operation.operationId === 'endOtherSessions') await leaveOneOther(ada)
  await worker.play(faults)
  let tookMs = 0
  const { calls, executed, result } = await worker.counting(() =>
    traceOf(ada, async () => {
      const startedAt = performance.now()
      const answer = await withinPatience(perform(worker.as(ada), operation, { ids }))
      tookMs = performance.now() - startedAt
      return answer
    }),
  )
  await worker.play([])
  const { result: answer, trace } = result
  const { status, headers } = answer
  const body = await answer.text()
  const told = answer.ok ? 'success' : `${status} ${/"code":"(\w+)"/.exec(body)?.[1]}`
  return {
    told,
    calls,
    executed,
    trace,
    retryAfter: headers.has('Retry-After'),
    leaks: /secret|select/.test(body),
    tookMs,
  }
}

/** One session to end beside that person's own, whatever calls before left. */
const leaveOneOther = async (person: Person) => {
  await sql('delete from sessions where user_id = $1 and id <> $2', [person.id, claimsOf(person.token).sid])
  await addSession(person)
}

const refusalOf = (effect: Effect) => (effect === 'read' ? '503 unavailable' : '503 outcome_unknown')

describe.for(OPERATIONS.map((operation) => [operation.operationId, operation] as const))(
  '%s, when a call to the database fails',
  ([, operation]) => {
    it('is made again only where that is harmless, and never counts twice', async ({ expect }) => {
      const effect = effectOf(operation)
      const { ada, worker } = await warmed(DEADLINE_MS)
      const control = await outcomeOf(worker, ada, operation, [])
      expect(control).toMatchObject({ told: 'success', calls: 1, executed: 1 })

      for (const [name, fault, repeats] of SIGNALS) {
        const again = mayRepeat(repeats)
        const executed = (fault.when === 'after' ? 1 : 0) + (again ? 1 : 0)
        const { tookMs: _, ...outcome } = await outcomeOf(worker, ada, operation, [fault])
        expect({ name, ...outcome }).toEqual({
          name,
          told: again ? 'success' : refusalOf(effect),
          calls: again ? 2 : 1,
          executed,
          trace: executed > 0 ? control.trace : NO_TRACE,
          retryAfter: !again,
          leaks: false,
        })
      }
    })

    it('is answered at the deadline, if the database never is', async ({ expect }) => {
      const effect = effectOf(operation)
      const { ada, worker } = await warmed(SHORT_DEADLINE_MS)
      const control = await outcomeOf(worker, ada, operation, [])
      for (const [name, fault] of SILENCE) {
        const { tookMs, ...outcome } = await outcomeOf(worker, ada, operation, [fault])
        expect(tookMs).toBeLessThan(AT_THE_DEADLINE_MS)
        const executed = fault.when === 'after' ? 1 : 0
        const trace = executed > 0 ? control.trace : NO_TRACE
        const told = refusalOf(effect)
        expect({ name, ...outcome }).toEqual({
          name,
          told,
          calls: 1,
          executed,
          trace,
          retryAfter: true,
          leaks: false,
        })
      }
    })

    it('gives up at the deadline, if it keeps failing', async ({ expect }) => {
      const { ada, worker } = await warmed(SHORT_DEADLINE_MS)
      const serialization: Fault = { when: 'before', answer: { status: 400, body: '{"code":"40001"}' } }
      const outcome = await outcomeOf(worker, ada, operation, Array(100).fill(serialization))
      expect(outcome).toMatchObject({
        told: '503 unavailable',
        executed: 0,
        trace: NO_TRACE,
        retryAfter: true,
      })
      expect(outcome.calls).toBeGreaterThan(1)
      expect(outcome.calls).toBeLessThan(12)
    })
  },
)
