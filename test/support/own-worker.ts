import { createApp, createUpkeep } from '../../src/app.ts'
import { readConfig } from '../../src/env.ts'
import type { ChannelReport, Fault } from './faults.ts'
import { clientOf } from './person.ts'
import { env, requestFromSomewhere } from './worker.ts'

/**
 * A Worker of a test's own, with the same database behind it
 * unless another is named, and the same settings but for `bindings`. It is as cold as after a deployment, its calls
 * to the database are counted apart from everybody's, and faults can be played to it.
 */
export const ownWorker = ({
  deadlineMs = 10_000,
  database = 'postgres',
  bindings = {} as Record<string, unknown>,
} = {}) => {
  const channel = crypto.randomUUID()
  const through = (url: string) => `${new URL(`/${database}`, url)}?channel=${channel}`
  const config = readConfig({
    ...env,
    DATABASE_URL: through(env.DATABASE_URL),
    AUTH_DATABASE_URL: through(env.AUTH_DATABASE_URL),
    DATABASE_DEADLINE_MS: deadlineMs,
    ...bindings,
  })
  const app = createApp(config)
  const send = async (path: string, init?: RequestInit): Promise<Response> =>
    app.fetch(requestFromSomewhere(path, init, String(bindings.BASE_URL ?? env.BASE_URL)))
  const channelUrl = new URL(`/channels/${channel}`, env.COUNTER_URL).href
  const report = async () => (await fetch(channelUrl)).json<ChannelReport>()

  return {
    send,

    /** What it does by the clock. */
    upkeep: createUpkeep(config),

    /** That person, talking to this Worker. */
    as: <P extends { token: string }>(person: P) => ({ ...person, ...clientOf(person.token, send) }),

    /** Plays these faults to the calls that follow, one each; null lets one pass. */
    play: async (faults: (Fault | null)[]) => {
      await (await fetch(channelUrl, { method: 'PUT', body: JSON.stringify(faults) })).text()
    },

    /** Settles when no call is on its way any more, not even one that nobody waits for. */
    settled: async () => {
      while ((await report()).underWay > 0) await scheduler.wait(20)
    },

    /** How many calls `act` makes to the database, and how many of them reach it. */
    counting: async <T>(
      act: () => Promise<T>,
    ): Promise<Pick<ChannelReport, 'calls' | 'executed'> & { result: T }> => {
      const before = await report()
      const result = await act()
      const after = await report()
      return {
        calls: after.calls - before.calls,
        executed: after.executed - before.executed,
        result,
      }
    },
  }
}

export type OwnWorker = ReturnType<typeof ownWorker>
