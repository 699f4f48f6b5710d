import { readFile, writeFile } from 'node:fs/promises'

const RESULTS = 'bench/RESULTS.md'

/** Puts a part of the results, which begins with its heading, in the place of the one before, and leaves the others. */
export const writePart = async (text: string) => {
  const parts = (await readFile(RESULTS, 'utf8')).split(/^(?=# )/m)
  const [heading = ''] = text.split('\n', 1)
  const place = parts.findIndex((part) => part.startsWith(`${heading}\n`))
  const all = place < 0 ? [...parts, text] : parts.with(place, text)
  await writeFile(RESULTS, `${all.map((part) => part.trim()).join('\n\n')}\n`)
}
