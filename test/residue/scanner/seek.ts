/** Finds thousands of byte strings in one pass: a scan costs the same for one sentence and for the whole guide. */

export type Seek = (bytes: Buffer, found: (index: number, at: number) => void) => void

/** Strings are sorted by their first four bytes; a table of hashes of those says "surely none begins here" for nearly every place. */
const HEAD = 4
const TABLE_BITS = 20

const slot = (head: number): number => Math.imul(head, 0x9e3779b1) >>> (32 - TABLE_BITS)

/** @param sought  at least four bytes each */
export function seeker(sought: readonly Buffer[]): Seek {
  const marked = new Uint8Array(2 ** TABLE_BITS)
  const byHead = new Map<number, number[]>()
  for (const [index, bytes] of sought.entries()) {
    const head = bytes.readUInt32BE(0)
    marked[slot(head)] = 1
    byHead.set(head, [...(byHead.get(head) ?? []), index])
  }
  return (bytes, found) => {
    let head = 0
    for (let end = 0; end < bytes.length; end += 1) {
      head = ((head << 8) | (bytes[end] as number)) >>> 0
      if (end < HEAD - 1 || marked[slot(head)] === 0) continue
      const at = end - HEAD + 1
      for (const index of byHead.get(head) ?? []) {
        const one = sought[index] as Buffer
        if (at + one.length <= bytes.length && bytes.compare(one, 0, one.length, at, at + one.length) === 0) found(index, at)
      }
    }
  }
}
