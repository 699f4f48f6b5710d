import { isDeepStrictEqual } from 'node:util'
import type { Operation } from './contract.ts'
import { comeBack, madeIn } from './kept.ts'
import { KNOWN_EFFECTS } from './known.ts'
import { judge, Violation } from './oracle.ts'
import { type Answer, type Call, jsonOf, shortened } from './wire.ts'
import type { World } from './world.ts'

/**
 * Throws a `Violation` unless what an accepted call sent comes back exactly: in its own answer, and when it
 * is read afterwards.
 */
export const confirmKept = async (
  world: World,
  operation: Operation,
  call: Call,
  answer: Answer,
  value: unknown,
) => {
  const sent = typeof call.body === 'string' ? jsonOf(call) : undefined
  if (operation.body) {
    const { should, are } = comeBack(world.contract, operation.body, sent, value)
    if (!isDeepStrictEqual(are, should)) {
      throw new Violation(`What came back is not what was sent, ${differenceOf(should, are)}`, call, answer)
    }
  }
  await KNOWN_EFFECTS[operation.id]?.(world, { sent, call, answer })

  const reading = readingOf(world.contract.operations, operation, call, answer)
  if (!reading) return
  const read = { method: 'GET', target: reading.target, headers: call.headers.filter(isCredential) }
  const answered = await world.send(read, reading.operation.id)
  const now = judge(world.contract, reading.operation, read, answered)
  const isGone = operation.method === 'DELETE' && operation.path === reading.operation.path
  if (isGone ? answered.status !== 404 : !isDeepStrictEqual(now, madeIn(operation.id, value))) {
    throw new Violation(`What is read afterwards is not it, ${shortened(answered.text)}`, call, answer)
  }
}

const isCredential = ([name]: Call['headers'][number]) => name === 'Authorization'

const differenceOf = (should: unknown, are: unknown) =>
  `but ${shortened(JSON.stringify(are))} for ${shortened(JSON.stringify(should))}`

/** Where to read what a change was made to: at its Location, or at the path itself or above it. */
const readingOf = (operations: Operation[], { method, path }: Operation, call: Call, { headers }: Answer) => {
  if (method === 'GET') return undefined
  const gets = operations.filter((operation) => operation.method === 'GET')
  if (typeof headers.location === 'string') {
    const target = headers.location
    const operation = gets.find((get) => isOf(get.path, target))
    if (!operation) throw new Error(`no operation reads what is at ${target}`)
    return { operation, target }
  }
  const [names, filled] = [path.split('/'), (call.target.split('?', 1)[0] ?? '').split('/')]
  for (let length = names.length; names.slice(0, length).some((name) => name.startsWith('{')); length -= 1) {
    const operation = gets.find((get) => get.path === names.slice(0, length).join('/'))
    if (operation) return { operation, target: filled.slice(0, length).join('/') }
  }
  return undefined
}

const isOf = (path: string, target: string) =>
  new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(target)
