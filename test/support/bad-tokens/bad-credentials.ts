import { badForms } from './forms.ts'
import { badHeaders } from './headers.ts'
import type { Credentials, Ingredients } from './ingredients.ts'
import { badPayloads } from './payloads.ts'
import { badSignatures } from './signatures.ts'
import { badTransport } from './transport.ts'

/** Credentials that nobody may be let in with, by what is wrong with each: only that, and nothing else. */
export const badCredentials = async (given: Ingredients): Promise<[string, Credentials][]> => {
  const tokens = [
    ...(await badHeaders(given)),
    ...(await badSignatures(given)),
    ...(await badPayloads(given)),
    ...(await badForms(given)),
  ]
  return [
    ...tokens.map(([name, token]): [string, string] => [name, `Bearer ${token}`]),
    ...badTransport(given),
  ]
}
