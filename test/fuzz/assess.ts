import type { Contract, Operation } from './contract.ts'
import { kept } from './kept.ts'
import { type Call, jsonOf } from './wire.ts'

/**
 * Which operation a call is to; a HEAD is one to the GET. Letters may be escaped. A path that the contract
 * has word for word (`/v1/tasks/quick`) is that one, and none with a parameter that would take the word.
 */
export const operationOf = ({ operations }: Contract, { method, target }: Call): Operation | undefined => {
  const path = unescaped(target.split('?', 1)[0] ?? '')
  const named = method === 'HEAD' ? 'GET' : method
  const exact = operations.filter((operation) => operation.path === path)
  const candidates = exact.length > 0 ? exact : operations.filter((operation) => takes(operation, path))
  return candidates.find((operation) => operation.method === named)
}

const takes = (operation: Operation, path: string): boolean =>
  new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)

const unescaped = (path: string): string => {
  try {
    return decodeURI(path)
  } catch {
    return path
  }
}

const MAX_BODY_BYTES = 64 * 1024
/** It takes more, and only reports what does not fit if it is asked for no more. */
const IMPORT = 'importData'

/** Why the contract does not take the call, whatever state things are in; nothing if it may. */
export const reasonToRefuse = (contract: Contract, operation: Operation, call: Call): string | undefined => {
  const fields = new Map(call.headers.map(([name, value]) => [name.toLowerCase(), value]))
  if (
    operation.credentials.includes('accessToken') &&
    !/^bearer [^ ]{100,}$/i.test(fields.get('authorization') ?? '')
  ) {
    return 'no access token'
  }
  const query = queryMisfit(operation, call.target.split('?').slice(1).join('?'))
  if (query) return query
  if (!operation.body) return undefined
  const type = fields.get('content-type') ?? ''
  if (!/json/i.test(type)) return `a body of the type ${JSON.stringify(type)}`
  if (operation.id === IMPORT && /[?&]dryRun=true/.test(call.target)) return undefined
  if (Buffer.byteLength(call.body ?? '') > MAX_BODY_BYTES && operation.id !== IMPORT)
    return 'a body over 64 KiB'
  return bodyMisfit(contract, operation, operation.body, call)
}

const queryMisfit = ({ parameters, responses }: Operation, search: string): string | undefined => {
  if (!responses[400]) return undefined
  const given = [...new URLSearchParams(search)]
  const names = given.map(([name]) => name)
  if (new Set(names).size < names.length) return 'a query parameter twice'
  for (const [name, value] of given) {
    const parameter = parameters.find((one) => one.in === 'query' && one.name === name)
    if (!parameter) return `a query parameter ${JSON.stringify(name)}`
    const { type, minimum = -Infinity, maximum = Infinity } = parameter.schema
    if (type === 'boolean' && !/^(true|false)$/.test(value)) return `${name} is no boolean`
    if (type === 'integer' && !(/^-?\d+$/.test(value) && +value >= minimum && +value <= maximum)) {
      return `${name} is no such number`
    }
  }
  const missing = parameters.find((one) => one.in === 'query' && one.required && !names.includes(one.name))
  return missing && `no ${missing.name}`
}

const bodyMisfit = (
  contract: Contract,
  operation: Operation,
  schema: Operation['body'] & object,
  call: Call,
) => {
  try {
    return contract.bodyMisfits(operation, kept(contract, schema, jsonOf(call)))
  } catch {
    return 'a body that is not JSON'
  }
}
