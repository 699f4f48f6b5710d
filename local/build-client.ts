import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const LIMIT_BYTES = 8 * 1024

/** `npm run build:client`: the client as it is published, into client/dist. Fails if it has grown too big. */
const main = async () => {
  await rm('client/dist', { recursive: true, force: true })
  execFileSync('tsc', ['-p', 'client/contract/tsconfig.json'], { stdio: 'inherit' })
  execFileSync('tsc', ['-p', 'client/tsconfig.build.json'], { stdio: 'inherit' })
  await build({
    entryPoints: ['client/src/index.ts'],
    outfile: 'client/dist/index.js',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    external: ['hono/client'],
    logLevel: 'warning',
  })
  const minified = await build({
    entryPoints: ['client/dist/index.js'],
    bundle: true,
    minify: true,
    format: 'esm',
    external: ['hono/client'],
    write: false,
  })
  const bytes = gzipSync(minified.outputFiles[0]?.contents ?? '').byteLength
  console.log(`client: ${(bytes / 1024).toFixed(1)} KiB gzip without hono`)
  if (bytes > LIMIT_BYTES) throw new Error(`The client has grown beyond ${LIMIT_BYTES} bytes`)
}

await main()
