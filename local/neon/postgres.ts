import { connect as connectSocket } from 'node:net'
import pg from 'pg'
import { type Backend, RESET_SESSION, type Session } from './backend.ts'
import { gate } from './gate.ts'
import type { Login } from './login.ts'
import { Refusal, wrongPassword } from './refusal.ts'

/** How long a cancelled statement may take to stop before its session is cut off; Neon's proxy does the same. */
const CANCEL_GRACE_MS = 100

/**
 * A Postgres server, named by a superuser's `url`. Each call runs in a session that logged in with the
 * call's own role and password; sessions are kept, at most `maxSessions` in all.
 */
export const postgresBackend = (url: string, maxSessions: number): Backend => {
  const { enter, leave } = gate(maxSessions)
  const idle = new Set<PooledSession>()
  let open = 0

  const forget = (session: PooledSession) => {
    if (!session.alive) return
    session.alive = false
    idle.delete(session)
    open -= 1
    session.client.end().catch(() => {})
  }

  const openSession = async (login: Login): Promise<PooledSession> => {
    const [oldest] = idle
    if (open >= maxSessions && oldest) forget(oldest)
    const client = clientFor(url, login)
    const session: PooledSession = {
      client,
      key: keyOf(login),
      alive: true,
      abandoned: false,
      clean: false,
      async commit() {
        // The reset travels along: a round trip less.
        await client.query(`COMMIT;${RESET_SESSION}`)
        session.clean = true
      },
      abandon: () => abandon(session, forget),
    }
    client.on('error', () => forget(session))
    open += 1
    try {
      await client.connect()
      return session
    } catch (error) {
      forget(session)
      throw loginFailure(login, error)
    }
  }

  const recycle = async (session: PooledSession, failed: boolean) => {
    if (session.abandoned) return forget(session)
    if (!session.alive) return
    if (session.clean && !failed) {
      idle.add(session)
      return
    }
    const unfinished = failed || session.client.getTransactionStatus() !== 'I'
    try {
      await session.client.query(unfinished ? `ROLLBACK;${RESET_SESSION}` : RESET_SESSION)
      idle.add(session)
    } catch {
      forget(session)
    }
  }

  return {
    async use(login, signal, work) {
      await enter(signal)
      let session: PooledSession | undefined
      let failed = true
      try {
        session = takeLast(idle, keyOf(login)) ?? (await openSession(login))
        session.clean = false
        signal.throwIfAborted()
        signal.addEventListener('abort', session.abandon)
        const result = await work(session)
        failed = false
        return result
      } catch (error) {
        throw session?.alive === false ? connectionLost(error) : error
      } finally {
        // Not awaited: the caller has its answer, only the next one needs a clean session.
        if (session) signal.removeEventListener('abort', session.abandon)
        void (session ? recycle(session, failed) : Promise.resolve()).finally(leave)
      }
    },
    async asSuperuser(work) {
      const client = new pg.Client(url)
      await client.connect()
      try {
        return await work(client)
      } finally {
        await client.end()
      }
    },
    async close() {
      for (const session of idle) forget(session)
    },
  }
}

type PooledSession = Session & { key: string; alive: boolean; abandoned: boolean; clean: boolean }

const keyOf = ({ user, password, database }: Login) => JSON.stringify([user, password, database])

/** The session used last is the one with the warmest caches. */
const takeLast = (idle: Set<PooledSession>, key: string) => {
  const session = [...idle].findLast((candidate) => candidate.key === key)
  if (session) idle.delete(session)
  return session
}

const clientFor = (url: string, { user, password, database }: Login) => {
  const { hostname, port } = new URL(url)
  return new pg.Client({ host: hostname, port: Number(port || 5432), user, password, database })
}

/** What Postgres said before it hung up, if anything. */
const connectionLost = (error: unknown) =>
  error instanceof pg.DatabaseError || error instanceof Refusal
    ? error
    : new Refusal(400, 'connection closed')

const loginFailure = ({ user }: Login, error: unknown) => {
  if (!(error instanceof pg.DatabaseError)) {
    return new Refusal(500, 'could not connect to postgres in compute')
  }
  // 28P01: unknown role or wrong password. 28000: the role may not log in.
  if (error.code === '28P01' || error.code === '28000') return wrongPassword(user)
  const refusal = new Refusal(error.code === '3D000' ? 400 : 500, error.message, error.code)
  refusal.cause = error
  return refusal
}

/** Asks Postgres to stop the session's statement; cuts the session off if it has not stopped in time. */
const abandon = (session: PooledSession, forget: (session: PooledSession) => void) => {
  const { client } = session
  session.abandoned = true
  const request = Buffer.alloc(16)
  request.writeInt32BE(16, 0)
  request.writeInt32BE(80877102, 4) // CancelRequest, https://www.postgresql.org/docs/current/protocol-message-formats.html
  request.writeInt32BE(backendKey(client, 'processID'), 8)
  request.writeInt32BE(backendKey(client, 'secretKey'), 12)
  const socket = connectSocket(client.port, client.host, () => socket.end(request))
  socket.on('error', () => {})
  setTimeout(() => forget(session), CANCEL_GRACE_MS).unref()
}

/** pg keeps these from the start of the session but does not declare them. */
const backendKey = (client: pg.Client, name: 'processID' | 'secretKey'): number => {
  const value: unknown = Reflect.get(client, name)
  return typeof value === 'number' ? value : 0
}
