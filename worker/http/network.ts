/**
 * The one place that looks at an address, and only at its front: a counter of tries needs something that one flooder shares with himself.
 * It is hashed under the day's key by whoever counts, and stored nowhere.
 */

/** IPv4: the first 24 bits. IPv6: the first 64. @returns null when the platform says nothing */
export function networkOf(request: Request): string | null {
  const address = request.headers.get('CF-Connecting-IP')
  if (!address) return null
  if (/^\d+\.\d+\.\d+\.\d+$/.test(address)) return address.slice(0, address.lastIndexOf('.'))
  return expanded(address)
}

/** The first four groups of an IPv6 address, written out. */
function expanded(address: string): string | null {
  if (!/^[0-9a-f:.]{2,45}$/i.test(address)) return null
  const [front = '', back] = address.toLowerCase().split('::')
  const groups = front.split(':').filter(Boolean)
  const behind = back?.split(':').filter(Boolean) ?? []
  while (back !== undefined && groups.length + behind.length < 8) groups.push('0')
  return [...groups, ...behind]
    .slice(0, 4)
    .map((group) => group.padStart(4, '0'))
    .join(':')
}
