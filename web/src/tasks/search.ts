import type { Task } from '../../../client/src/index.ts'

/** Whether the task's title or notes have words that begin with each of these, as the server searches; none are in no task. */
export const isFound = (task: Task, words: readonly string[]): boolean => {
  if (words.length === 0) return false
  const text = textOf(task)
  return words.every((word) => text.includes(` ${word}`))
}

/** The words to look for. */
export const wordsOf = (text: string): string[] => plain(text).split(' ').filter(Boolean)

const known = new WeakMap<Task, string>()

/** A task's words, made plain once: each has a space before it. */
const textOf = (task: Task): string => {
  const before = known.get(task)
  if (before !== undefined) return before
  const text = ` ${plain(`${task.title} ${task.notes}`)}`
  known.set(task, text)
  return text
}

/** Without marks over and under letters, nor letter case. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
