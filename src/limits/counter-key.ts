/**
 * What a subject's attempts are counted under: a MAC, so that who can read the counters learns neither emails
 * nor addresses. There are too few of both to hide them in a hash without a key.
 */
export const counterKey = async (
  secret: string,
  { name, subject }: { name: string; subject: string },
): Promise<Uint8Array> => {
  const text = new TextEncoder()
  const material = text.encode(`edgewise attempts ${secret}`)
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', material, algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(`${name} ${subject}`)))
}
