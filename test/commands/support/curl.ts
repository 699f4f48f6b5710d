import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * The PATH for a pasted session: the real curl's, or, on a machine that has none, one with a stand-in in
 * `folder` that knows the options which the session uses.
 */
export const pathWithCurl = (folder: string): string => {
  const path = process.env.PATH ?? ''
  if (path.split(delimiter).some((directory) => isExecutable(join(directory, 'curl')))) return path
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  const script = `#!/bin/sh\nexec "${process.execPath}" "${import.meta.filename}" "$@"\n`
  writeFileSync(join(bin, 'curl'), script, { mode: 0o755 })
  return `${bin}${delimiter}${path}`
}

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      silent: { type: 'boolean', short: 's' },
      'write-out': { type: 'string', short: 'w', default: '' },
      header: { type: 'string', short: 'H', multiple: true, default: [] },
      data: { type: 'string', short: 'd' },
    },
  })
  const headers = values.header.map((line): [string, string] => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()]
  })
  const { data } = values
  const answer = await fetch(positionals[0] ?? '', {
    headers,
    ...(data !== undefined && { method: 'POST', body: data }),
  })
  process.stdout.write((await answer.text()) + values['write-out'].replaceAll('\\n', '\n'))
}
