import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { build, type Metafile } from 'esbuild'

/**
 * The scripts that a browser needs before the web app shows: those that its page names and all that they import statically, as
 * files in the folder of static assets.
 */
export const firstLoad = async (assets: string): Promise<string[]> => {
  const page = readFileSync(`${assets}/index.html`, 'utf8')
  const named = [...page.matchAll(/<(?:script|link rel="modulepreload")[^>]* (?:src|href)="(\/[^"]+\.js)"/g)]
  const entryPoints = named.map(([, path = '']) => `${assets}${path}`)
  if (entryPoints.length === 0) throw new Error(`${assets}/index.html names no script`)
  const { metafile } = await build({
    entryPoints,
    outdir: assets,
    bundle: true,
    format: 'esm',
    splitting: true,
    write: false,
    metafile: true,
    logLevel: 'error',
  })
  return [...importedBy(entryPoints, metafile.inputs)]
}

const importedBy = (files: string[], inputs: Metafile['inputs'], seen = new Set<string>()): Set<string> => {
  for (const file of files.map((path) => relative('.', resolve(path)))) {
    if (seen.has(file)) continue
    seen.add(file)
    const imports = inputs[file]?.imports.filter(({ kind }) => kind === 'import-statement') ?? []
    importedBy(
      imports.map(({ path }) => path),
      inputs,
      seen,
    )
  }
  return seen
}
