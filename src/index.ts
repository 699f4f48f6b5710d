import { env } from 'cloudflare:workers'
import { createApp } from './app.ts'
import { readConfig } from './env.ts'

export default createApp(readConfig(env))
