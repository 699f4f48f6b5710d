import { readFileSync } from 'node:fs'

/**
 * The lines to show for a line of wrangler's. Its stand-in for the `send_email` binding names the files that
 * it wrote a mail to: shown is the text itself, so that the mail's link can be opened from the terminal.
 */
export const withMailText = (line: string): string[] => {
  if (/^HTML: .*\.html$/.test(line)) return []
  const [, file] = /^Text: (.*\.txt)$/.exec(line) ?? []
  if (!file) return [line]
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n')
  } catch {
    return [line]
  }
}
