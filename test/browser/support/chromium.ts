import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const MAC_APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const HOW_TO_INSTALL =
  'The browser tests need Chromium: install it with "apt-get install chromium" on Debian, "brew install --cask chromium" on ' +
  'macOS, or "npx playwright-core install chromium" anywhere, or set CHROMIUM_PATH to the one that you have.'

/** Where a Chromium is: the one that CHROMIUM_PATH names, the system's, or Playwright's own. Throws how to install one. */
export const findChromium = (): string => {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM_PATH is ${named}, where there is no Chromium.`)
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  const onPath = folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command)))
  const found = [...onPath, ...MAC_APPLICATIONS, chromium.executablePath()].find((path) => existsSync(path))
  if (!found) throw new Error(HOW_TO_INSTALL)
  return found
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: findChromium(),
    // Chromium's sandbox does not work for root, as whom CI runs.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--disable-quic'],
  })
