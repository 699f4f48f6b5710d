import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The processes alive in a process group, but for those that only wait to be reaped. */
export const processesIn = (group: number | undefined): string[] =>
  (existsSync('/proc/self/stat') ? fromProc() : fromPs()).flatMap(({ pgid, state, name }) =>
    pgid === String(group) && !state.startsWith('Z') ? [name] : [],
  )

interface Process {
  pgid: string
  state: string
  name: string
}

/** Linux, where `ps` need not be installed: proc_pid_stat(5). */
const fromProc = (): Process[] =>
  readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid)) return []
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const nameEnd = stat.lastIndexOf(')')
      const [state = '', , pgid = ''] = stat.slice(nameEnd + 2).split(' ')
      return [{ pgid, state, name: stat.slice(stat.indexOf('(') + 1, nameEnd) }]
    } catch {
      return [] // it has ended meanwhile
    }
  })

const fromPs = (): Process[] =>
  execFileSync('ps', ['-A', '-o', 'pgid=,stat=,comm='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pgid = '', state = '', ...name]) => ({ pgid, state, name: name.join(' ') }))
