import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { MAIL_TO_NOWHERE, newSecret, setStage } from '../../bench/stage.ts'
import { buildConfig, type RunningWorker, startWorker, type WorkerOptions } from '../../bench/workerd.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import type { ChannelReport, Fault, Weather } from '../support/faults.ts'
import type { Kind } from './ledger.ts'

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
 * Lets Postgres itself keep a record of every write to a user's things, in the transaction that makes it: what is
 * committed is there, once for each time that it was made. What is seen of a row is what `seenOf` tells of a state.
 */
const journal = (client: pg.Client) =>
  client.query(`
    create table journal (kind text, name text, seen jsonb);
    create function name_of(thing jsonb) returns text language sql return case
      when thing ? 'task_id' then (thing ->> 'title') || ' due ' || coalesce(thing ->> 'due_date', 'never')
      else coalesce(thing ->> 'title', thing ->> 'name') end;
    create function seen(thing jsonb) returns jsonb language sql set search_path = public return jsonb_build_array(
      thing -> 'version', coalesce(thing -> 'notes', thing -> 'color'), thing ->> 'completed_at' is not null, thing -> 'due_date',
      (select name from lists where user_id = (thing ->> 'user_id')::uuid and id = (thing ->> 'list_id')::uuid),
      (select title from tasks where user_id = (thing ->> 'user_id')::uuid and id = (thing ->> 'parent_id')::uuid),
      (select name from labels where user_id = (thing ->> 'user_id')::uuid and id = (thing -> 'label_ids' ->> 0)::uuid),
      thing ->> 'deleted_at' is not null
    );
    create function record() returns trigger language plpgsql security definer set search_path = public as $$
    begin
      if tg_op = 'DELETE' then
        insert into journal values (rtrim(tg_table_name, 's'), name_of(to_jsonb(old)), null);
      elsif tg_op = 'INSERT' or old.version <> new.version then
        insert into journal values (rtrim(tg_table_name, 's'), name_of(to_jsonb(new)), seen(to_jsonb(new)));
      end if;
      return null;
    end $$;
    create view shown as
      select kind, name_of(thing) as name, thing ->> 'id' as id, seen(thing) as seen, thing ->> 'position' as position from (
        ${KINDS.map((kind) => `select '${kind}' as kind, to_jsonb(${kind}s) as thing from ${kind}s`).join(' union all ')}
      ) as things;
    ${KINDS.map(
      (kind) =>
        `create trigger record after insert or update or delete on ${kind}s for each row execute function record();`,
    ).join('\n')}`)

const KINDS: Kind[] = ['task', 'list', 'label', 'completion']

/** Leaves nothing of what was written before, the counts of it included. */
export const clear = (client: pg.Client) =>
  client.query(`
    truncate tasks, task_labels, completions, lists, labels, journal;
    update edgewise.writers set tasks = 0, lists = 0, labels = 0`)
