import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { MAIL_TO_NOWHERE, newSecret, setStage } from '../../bench/stage.ts'
import { buildConfig, type RunningWorker, startWorker, type WorkerOptions } from '../../bench/workerd.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import type { ChannelReport, Fault, Weather } from '../support/faults.ts'

/** The origin in tokens; no one needs to be reachable there. */
const BASE_URL = 'http://localhost:8787'

export type FaultStage = Awaited<ReturnType<typeof setFaultStage>>

export interface Worker extends RunningWorker {
  deadlineMs: number
  /** Plays these faults to the Worker's calls from now on. */
  play: (faults: Fault[] | Weather) => Promise<ChannelReport>
  report: () => Promise<ChannelReport>
}

/**
 * The Worker as deployed, on workerd, whose calls go through a fault proxy and the local Neon to a real
 * Postgres, which loses nothing that it has committed, even when it is killed.
 */
export const setFaultStage = async () => {
  const stage = await setStage({ settings: { synchronous_commit: 'on' } })
  const proxy = await startFaultProxy(stage.neonPort)
  stage.onStrike(proxy.stop)
  const secrets = { BETTER_AUTH_SECRET: newSecret() }
  await journal(stage.client)

  let channels = 0

  /** A connection to Postgres that lives as long as `act`. */
  const withDatabase = async <T>(act: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client(stage.databaseUrl)
    await client.connect()
    try {
      return await act(client)
    } finally {
      await client.end()
    }
  }

  return {
    /** The secrets that this Worker is given; each is one word. */
    secrets: [
      secrets.BETTER_AUTH_SECRET,
      ...[stage.urls.api, stage.urls.auth].map((url) => new URL(url).password),
    ],
    crash: stage.postgres.crash,
    strike: stage.strike,
    withDatabase,

    /** A Worker that gives a call to the database that long. */
    startWorker: async (deadlineMs: number, options?: WorkerOptions): Promise<Worker> => {
      const channel = `channel-${channels++}`
      const through = (url: string) =>
        Object.assign(new URL(url), { port: proxy.port, search: `channel=${channel}` })
      const config = await buildConfig('src/index.ts', await stage.newFolder(channel), {
        ...secrets,
        ...MAIL_TO_NOWHERE,
        BASE_URL,
        DATABASE_URL: through(stage.urls.api).href,
        AUTH_DATABASE_URL: through(stage.urls.auth).href,
        DATABASE_DEADLINE_MS: String(deadlineMs),
      })
      const worker = await startWorker(config, options)
      stage.onStrike(worker.stop)
      const control = `http://127.0.0.1:${proxy.port}/channels/${channel}`
      return {
        ...worker,
        deadlineMs,
        play: async (faults) => {
          const answer = await fetch(control, { method: 'PUT', body: JSON.stringify(faults) })
          return (await answer.json()) as ChannelReport
        },
        report: async () => (await (await fetch(control)).json()) as ChannelReport,
      }
    },

    /** Waits until no call is under way any more: neither one on its way nor one that nobody waits for. */
    settled: async ({ report }: Worker) => {
      while ((await report()).underWay > 0) await sleep(20)
      await withDatabase(async (client) => {
        for (;;) {
          const { rows } = await client.query(
            `select from pg_stat_activity where usename like 'edgewise%' and state <> 'idle'`,
          )
          if (rows.length === 0) return
          await sleep(20)
        }
      })
    },
  }
}

/**
 * Lets Postgres itself keep a record of every write to `tasks`, in the transaction that makes it: what is
 * committed is there, once for each time that it was made.
 */
const journal = (client: pg.Client) =>
  client.query(`
    create table journal (user_id uuid, task_id uuid, verb text, title text, notes text, version int);
    create function record() returns trigger language plpgsql security definer set search_path = public as $$
    declare
      is_deleted boolean := tg_op = 'DELETE' or tg_op = 'UPDATE' and old.deleted_at is null and new.deleted_at is not null;
      task tasks := case when is_deleted then old else new end;
      verb text := case
        when tg_op = 'INSERT' then 'create'
        when is_deleted then 'delete'
        when old.completed_at is null and new.completed_at is not null then 'complete'
        when old.completed_at is not null and new.completed_at is null then 'reopen'
        else 'change' end;
    begin
      if tg_op <> 'UPDATE' or old.version <> new.version then
        insert into public.journal values (task.user_id, task.id, verb, task.title, task.notes, task.version);
      end if;
      return null;
    end $$;
    create trigger record after insert or update or delete on tasks for each row execute function record();`)
