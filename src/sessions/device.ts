import type { Device } from './contract.ts'

export const MAX_NAME_CHARACTERS = 40

/** Anybody can send any text, and it meets many regular expressions, some quadratic; real agents say enough in this. */
const MAX_AGENT_CHARACTERS = 256

/** Product names as agents write them; whatever else an agent claims to be is not repeated. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9 ._+-]*$/

/** What each user agent tells of its device. The library is loaded when it is called for, as it is large. */
export const devicesOf = async (userAgents: (string | null)[]): Promise<(Device | null)[]> => {
  const { parse } = await import('bowser')
  return userAgents.map((userAgent) => {
    if (!userAgent) return null
    const agent = userAgent.slice(0, MAX_AGENT_CHARACTERS)
    const { browser, os, platform } = parse(agent)
    const device = {
      browser: nameIn(browser.name) ?? nameIn(agent.split('/', 1)[0]),
      os: nameIn(os.name),
      type: nameIn(platform.type),
    }
    return device.browser || device.os || device.type ? device : null
  })
}

const nameIn = (name = ''): string | null =>
  name.length <= MAX_NAME_CHARACTERS && NAME.test(name) ? name : null
