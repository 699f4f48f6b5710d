import { rm } from 'node:fs/promises'
import { build, type Plugin } from 'esbuild'
import { buildDocs } from './build-docs.ts'

/** zod's barrel keeps every language's messages, a third of the bundle; only English is ever loaded. */
const withoutZodLocales: Plugin = {
  name: 'without-zod-locales',
  setup: ({ onLoad }) =>
    onLoad({ filter: /node_modules\/zod\/v4\/locales\/index\.js$/ }, () => ({ contents: 'export {}' })),
}

/** Bundles the Worker into dist/worker, split at dynamic imports, and its static files into dist/assets. */
await rm('dist', { recursive: true, force: true })
await build({
  entryPoints: { index: 'src/index.ts' },
  outdir: 'dist/worker',
  bundle: true,
  splitting: true,
  format: 'esm',
  target: 'es2024',
  conditions: ['workerd', 'worker', 'browser'],
  external: ['cloudflare:*', 'node:*'],
  minify: true,
  plugins: [withoutZodLocales],
  logLevel: 'warning',
})
await buildDocs('dist/assets')
