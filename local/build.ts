import { rm } from 'node:fs/promises'
import { build, type Plugin } from 'esbuild'
import { buildDocs } from './build-docs.ts'
import { buildPages } from './build-pages.ts'
import { buildWeb } from './build-web.ts'

/** Bundles a Worker into `outdir` as index.js and the modules that it loads on demand. */
export const buildWorker = (entryPoint: string, outdir: string) =>
  build({
    entryPoints: { index: entryPoint },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    minify: true,
    metafile: true,
    plugins: [withoutZodLocales, withoutKysely],
    logLevel: 'warning',
  })

/** zod's barrel keeps every language's messages, a third of the bundle; only English is ever loaded. */
const withoutZodLocales: Plugin = {
  name: 'without-zod-locales',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {}' })),
}

/** Better Auth can also speak to databases through Kysely, 190 KB; ours goes through Drizzle. */
const withoutKysely: Plugin = {
  name: 'without-kysely',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(kysely|@better-auth\/kysely-adapter)$/ }, ({ path }) => ({
      path,
      namespace: 'absent',
    }))
    onLoad({ filter: /.*/, namespace: 'absent' }, () => ({ contents: 'module.exports = {}' }))
  },
}

/** `node local/build.ts`: the Worker into dist/worker and its static files into dist/assets. */
if (import.meta.main) {
  await rm('dist', { recursive: true, force: true })
  await buildWorker('src/index.ts', 'dist/worker')
  await buildWeb('dist/assets')
  await buildDocs('dist/assets')
  await buildPages('dist/assets')
}
