import { env } from 'cloudflare:workers'
import { createApp, createUpkeep } from './app.ts'
import { readConfig } from './env.ts'

const config = readConfig(env)

export default { fetch: createApp(config).fetch, scheduled: createUpkeep(config) }
