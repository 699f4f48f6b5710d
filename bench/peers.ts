import type { Target } from './load.ts'
import { type Person, type Population, populate, signUp } from './people.ts'
import { MAIL_TO_NOWHERE, newSecret, type Stage } from './stage.ts'
import { buildConfig, startWorker } from './workerd.ts'

export type PeerName = 'bare' | 'direct' | 'session first' | 'edgewise' | 'bad token'

export interface Peer extends Target {
  name: PeerName
  /** Its workerd config, to start another of it. */
  config: string
}

export type Peers = Record<PeerName, Peer>

/** Enough rows that an index matters, few enough to be made in a moment. */
const PEOPLE: Population = { people: 200, tasksEach: 200 }

/** Starts Edgewise and those it is measured against, on one database, and makes sure that they agree. */
export const startPeers = async (stage: Stage, people = PEOPLE): Promise<Peers> => {
  const start = async (name: string, entryPoint: string, bindings: Record<string, string>) => {
    const config = await buildConfig(entryPoint, await stage.newFolder(name), bindings)
    const worker = await startWorker(config)
    stage.onStrike(worker.stop)
    return { config, origin: worker.origin }
  }
  const { owner, api, auth } = stage.urls
  const edgewise = await start('edgewise', 'src/index.ts', {
    DATABASE_URL: api,
    AUTH_DATABASE_URL: auth,
    BETTER_AUTH_SECRET: newSecret(),
    ...MAIL_TO_NOWHERE,
    BASE_URL,
  })
  const ada = await signUp(edgewise.origin, BASE_URL, stage.client)
  await populate(stage.client, people)
  const bare = await start('bare', 'bench/peers/bare.ts', {})
  const direct = await start('direct', 'bench/peers/direct.ts', { DATABASE_URL: owner, USER_ID: ada.id })
  const sessionFirst = await start('session-first', 'bench/peers/session-first.ts', { DATABASE_URL: owner })

  const page = ({ config, origin }: typeof bare) => ({ config, url: `${origin}/v1/tasks?limit=50` })
  const peers: Peers = {
    bare: {
      ...page(bare),
      name: 'bare',
      headers: {},
      status: 200,
    },
    direct: {
      ...page(direct),
      name: 'direct',
      headers: {},
      status: 200,
    },
    'session first': {
      ...page(sessionFirst),
      name: 'session first',
      headers: bearer(ada.sessionToken),
      status: 200,
    },
    edgewise: {
      ...page(edgewise),
      name: 'edgewise',
      headers: bearer(ada.accessToken),
      status: 200,
    },
    'bad token': {
      ...page(edgewise),
      name: 'bad token',
      headers: bearer(forged(ada)),
      status: 401,
    },
  }
  await assertSameAnswers([peers.direct, peers['session first'], peers.edgewise])
  return peers
}

/** The origin in tokens; no one needs to be reachable there. */
const BASE_URL = 'http://localhost:8787'

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

/** A token that fails at the last check, the signature's, which is the dearest to fail at. */
const forged = ({ accessToken }: Person) => {
  const [header, payload, signature = ''] = accessToken.split('.')
  return `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
}

const assertSameAnswers = async (peers: Peer[]) => {
  const answers = await Promise.all(
    peers.map(async ({ url, headers }) => (await fetch(url, { headers })).text()),
  )
  if (new Set(answers).size > 1) {
    throw new Error(`the peers do not answer alike:\n${answers.map((text) => text.slice(0, 500)).join('\n')}`)
  }
}
