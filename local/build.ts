import { rm } from 'node:fs/promises'
import { build, type Plugin } from 'esbuild'
import { buildDocs } from './build-docs.ts'

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
    plugins: [withoutZodLocales],
    logLevel: 'warning',
  })

/** zod's barrel keeps every language's messages, a third of the bundle; only English is ever loaded. */
const withoutZodLocales: Plugin = {
  name: 'without-zod-locales',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {}' })),
}

/** `node local/build.ts`: the Worker into dist/worker and its static files into dist/assets. */
if (import.meta.main) {
  await rm('dist', { recursive: true, force: true })
  await buildWorker('src/index.ts', 'dist/worker')
  await buildDocs('dist/assets')
}
