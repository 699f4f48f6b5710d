import { build } from 'vite'

/** Puts the web app into the folder of static assets, with the headers of every file there. */
export const buildWeb = async () => {
  await build({ configFile: 'web/vite.config.ts', logLevel: 'warn' })
}
