const MINTED_BYTES = 16
const MAC_BYTES = 16

/**
 * Names a token-signing key: random bytes and a MAC over them. A token that names any other key is
 * refused without a look at the database, however many such tokens there are.
 */
export const mintKeyId = async (secret: string): Promise<string> => {
  const name = crypto.getRandomValues(new Uint8Array(MINTED_BYTES))
  return toBase64Url(new Uint8Array([...name, ...(await macOf(name, secret))]))
}

/** Whether `kid` was minted with one of these secrets. */
export const isOurKeyId = async (kid: string, ...secrets: (string | undefined)[]): Promise<boolean> => {
  const bytes = fromBase64Url(kid)
  if (bytes?.length !== MINTED_BYTES + MAC_BYTES) return false
  for (const secret of secrets) {
    if (secret === undefined) continue
    const mac = await macOf(bytes.subarray(0, MINTED_BYTES), secret)
    if (crypto.subtle.timingSafeEqual(mac, bytes.subarray(MINTED_BYTES))) return true
  }
  return false
}

const macOf = async (name: Uint8Array, secret: string): Promise<Uint8Array> => {
  const text = new TextEncoder()
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey(
    'raw',
    text.encode(`edgewise key id ${secret}`),
    algorithm,
    false,
    ['sign'],
  )
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, name)).subarray(0, MAC_BYTES)
}

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const fromBase64Url = (text: string): Uint8Array | undefined => {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) =>
      c.charCodeAt(0),
    )
    return toBase64Url(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}
