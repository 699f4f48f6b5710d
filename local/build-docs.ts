import { appendFile, cp, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { build } from 'esbuild'
import { withBuiltNames } from './build-pages.ts'

const SCALAR = 'node_modules/@scalar/api-reference'

/**
 * Puts `/docs` into the folder of static assets: our page, and Scalar's standalone script as it was
 * published. What it loads has a content hash or a version in its address.
 */
export const buildDocs = async (assets: string) => {
  const scalarUrl = await copyScalar(assets)
  const { metafile } = await build({
    entryPoints: ['src/docs/page.ts', 'src/docs/page.css'],
    outdir: `${assets}/docs/assets`,
    entryNames: '[name]-[hash]',
    bundle: true,
    format: 'esm',
    target: 'es2024',
    alias: { '@scalar/api-reference': `${scalarUrl}/standalone.esm.js` },
    external: [`${scalarUrl}/*`],
    minify: true,
    metafile: true,
    logLevel: 'warning',
  })

  let page = await readFile('src/docs/page.html', 'utf8')
  page = page.replaceAll('"@scalar/api-reference"', `"${scalarUrl}/standalone.esm.js"`)
  await writeFile(`${assets}/docs.html`, withBuiltNames(page, metafile, assets))
  await appendFile(`${assets}/_headers`, await readFile('src/docs/_headers'))
}

/** Returns the address that the script and its chunks are served below. */
const copyScalar = async (assets: string) => {
  const { version }: { version: string } = JSON.parse(await readFile(`${SCALAR}/package.json`, 'utf8'))
  const url = `/docs/assets/scalar-${version}`
  await cp(`${SCALAR}/dist/browser`, `${assets}${url}`, {
    recursive: true,
    // Without source maps, and without the same script in one file.
    filter: (path) => !path.endsWith('.map') && basename(path) !== 'standalone.js',
  })
  return url
}
