import ipaddr from 'ipaddr.js'

const NETWORK_PARTS = 4

/**
 * Who is asking, as limits count it, from the `cf-connecting-ip` header: an IPv4 address, or the /64 of an
 * IPv6 address, which is the least that one customer gets (RFC 6177). Whoever comes without a readable one,
 * which Cloudflare lets nobody do, is counted as one with all others like that.
 */
export const clientAddress = (header: string | undefined): string => {
  if (!header || !ipaddr.isValid(header)) return 'unknown'
  const address = ipaddr.process(header)
  if ('octets' in address) return address.toString()
  const network = address.parts.slice(0, NETWORK_PARTS).map((part) => part.toString(16))
  return `${network.join(':')}::/64`
}
