import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Claims a data folder for this process by a lock file with its pid; returns the way to give it back.
 * The lock of a process that is gone is taken over. Throws one sentence if the folder is in use or unusable.
 */
export const claimFolder = (folder: string): (() => void) => {
  const lock = join(folder, 'server.pid')
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw unusable(folder, error)
  }
  try {
    dropStaleLock(folder, lock)
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw inUse(folder, holderOf(lock))
    throw codeOf(error) === undefined ? error : unusable(folder, error)
  }
  return () => rmSync(lock, { force: true })
}

const dropStaleLock = (folder: string, lock: string) => {
  const holder = holderOf(lock)
  if (holder === undefined) return
  if (isAlive(holder)) throw inUse(folder, holder)
  // Moved before it is removed: of several processes that see a stale lock, one succeeds.
  const aside = `${lock}.${process.pid}`
  renameSync(lock, aside)
  rmSync(aside)
}

/** The pid in the lock file, NaN if it holds none, undefined if there is no file. */
const holderOf = (lock: string) => {
  try {
    return Number.parseInt(readFileSync(lock, 'utf8'), 10)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

const isAlive = (pid: number) => {
  // After a restart in a container, the pid of the process before may be our own.
  if (Number.isNaN(pid) || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

const unusable = (folder: string, error: unknown) =>
  new Error(`The data folder ${folder} cannot be used (${codeOf(error)}).`)

const inUse = (folder: string, pid: number | undefined) =>
  new Error(`The data folder ${folder} is in use by another running instance (process ${pid}).`)

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
