import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { build as bundle } from 'esbuild'
import { build } from 'vite'

const PUBLIC = 'web/public'

/** Puts the web app into the folder of static assets, with the headers of every file there, and what makes it work offline. */
export const buildWeb = async (assets: string) => {
  // Whoever builds it, from within tests, say: what is served here is what is deployed.
  process.env.NODE_ENV = 'production'
  const built = await build({ configFile: 'web/vite.config.ts', logLevel: 'warn' })
  const parts = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  const files = parts.map(({ fileName }) => fileName).filter((name) => name !== 'index.html')
  const others = (await readdir(PUBLIC)).filter((name) => name !== '_headers')

  // Built files have the hash of their content in their names.
  const hash = createHash('sha256').update(files.join('\n'))
  for (const name of ['index.html', ...others]) hash.update(await readFile(`${assets}/${name}`))
  await bundle({
    entryPoints: ['web/service-worker/index.ts'],
    outfile: `${assets}/service-worker.js`,
    bundle: true,
    format: 'iife',
    target: 'es2023',
    minify: true,
    define: {
      SHELL: JSON.stringify({
        version: hash.digest('hex').slice(0, 16),
        files: ['/', ...[...files, ...others].map((name) => `/${name}`)],
      }),
    },
    logLevel: 'warning',
  })
}
