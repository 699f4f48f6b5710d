import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { buildWorker } from './build.ts'
import { firstLoad } from './first-load.ts'

const FIRST_LOAD_LIMIT_BYTES = 130_000

/**
 * `npm run size`, after a build: what the data path loads, what only sign-in loads, and what a browser loads before the app shows.
 * Fails if the first two have mixed, and if the last has grown too big.
 */
const main = async () => {
  const { outputs } = (await buildWorker('src/index.ts', 'dist/worker')).metafile
  const entry = Object.keys(outputs).find((name) => outputs[name]?.entryPoint === 'src/index.ts') ?? ''

  /** The modules that are evaluated as soon as the Worker starts: the entry and all it imports statically. */
  const loadedWith = (name: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(name)) return seen
    seen.add(name)
    for (const { path, kind, external } of outputs[name]?.imports ?? []) {
      if (kind === 'import-statement' && !external) loadedWith(path, seen)
    }
    return seen
  }

  const dataPath = [...loadedWith(entry)]
  const rest = Object.keys(outputs).filter((name) => !dataPath.includes(name))
  console.table({ 'data path': sizeOf(dataPath), 'sign-in and others, loaded when called': sizeOf(rest) })

  const mixed = dataPath.flatMap((name) => Object.keys(outputs[name]?.inputs ?? {})).filter(isForOthers)
  if (mixed.length > 0) throw new Error(`The data path loads what it does not need: ${mixed.join(', ')}`)

  const scripts = await firstLoad('dist/assets')
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(file)).byteLength, 0)
  const files = scripts.length === 1 ? '1 file' : `${scripts.length} files`
  console.log(`web app, first load: ${(bytes / 1000).toFixed(1)} KB gzip of script in ${files}`)
  if (bytes > FIRST_LOAD_LIMIT_BYTES)
    throw new Error(`The first load has grown beyond ${FIRST_LOAD_LIMIT_BYTES / 1000} KB`)
}

/** Better Auth is for sign-in, bowser for the list of sessions, the others for rules, plain words and files. */
const isForOthers = (input: string): boolean =>
  /node_modules\/(better-auth|@better-auth|bowser|rrule-temporal|chrono-node|ical\.js|csv-parse|csv-stringify)\//.test(
    input,
  )

const sizeOf = (files: string[]) => {
  const texts = files.map((file) => readFileSync(file))
  const kib = (sizes: number[]) => `${Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024)} KiB`
  return {
    modules: files.length,
    minified: kib(texts.map((text) => text.byteLength)),
    gzip: kib(texts.map((text) => gzipSync(text).byteLength)),
  }
}

await main()
