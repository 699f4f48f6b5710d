import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { build, type Metafile } from 'esbuild'

const PAGES = ['verify-email', 'reset-password']

/** Puts the pages that links in mails open into the folder of static assets, and their headers beside the others. */
export const buildPages = async (assets: string) => {
  const { metafile } = await build({
    entryPoints: [...PAGES.map((name) => `src/pages/${name}.ts`), 'src/pages/page.css'],
    outdir: `${assets}/pages/assets`,
    entryNames: '[name]-[hash]',
    bundle: true,
    format: 'esm',
    target: 'es2024',
    minify: true,
    metafile: true,
    logLevel: 'warning',
  })
  for (const name of PAGES) {
    const page = await readFile(`src/pages/${name}.html`, 'utf8')
    await writeFile(`${assets}/${name}.html`, withBuiltNames(page, metafile, assets))
  }
  await appendFile(`${assets}/_headers`, await readFile('src/pages/_headers'))
}

/** The page with its `"./<source>"` as the addresses that these have been built to. */
export const withBuiltNames = (page: string, { outputs }: Metafile, assets: string): string =>
  Object.entries(outputs).reduce(
    (text, [path, { entryPoint = '' }]) =>
      text.replaceAll(`"./${basename(entryPoint)}"`, `"${path.replace(assets, '')}"`),
    page,
  )
