/** SQLite files read as bytes, not as tables: what was deleted is still in free pages. A value longer than a page goes on behind a 4-byte pointer, which is taken out. */
const HEADER = Buffer.from('SQLite format 3\0', 'latin1')
const POINTER = 4

export function sqlitePages(bytes: Buffer): Buffer | null {
  if (!bytes.subarray(0, HEADER.length).equals(HEADER)) return null
  const said = bytes.readUInt16BE(16)
  const size = said === 1 ? 65536 : said
  return size < 512 ? null : joined(bytes, 0, 0, size)
}

/** A write-ahead log: header (32), then frames of header (24) and page. */
export function walPages(bytes: Buffer): Buffer | null {
  if (bytes.length < 32 || (bytes.readUInt32BE(0) & 0xfffffffe) !== 0x377f0682) return null
  const size = bytes.readUInt32BE(8)
  return size < 512 || size > 65536 ? null : joined(bytes, 32, 24, size)
}

/** A rollback journal: pages as they were, each between its number (4) and a checksum (4), after a header of one sector (512). */
export function journalPages(bytes: Buffer): Buffer | null {
  if (bytes.length < 512 || bytes.subarray(0, 8).toString('hex') !== 'd9d505f920a163d7') return null
  const sector = bytes.readUInt32BE(20)
  const size = bytes.readUInt32BE(24)
  if (size < 512 || size > 65536) return null
  const parts: Buffer[] = []
  for (let at = sector || 512; at + 4 + size <= bytes.length; at += 4 + size + 4)
    parts.push(bytes.subarray(at + 4 + POINTER, at + 4 + size))
  return Buffer.concat(parts)
}

function joined(bytes: Buffer, from: number, head: number, size: number): Buffer {
  const parts: Buffer[] = []
  for (let at = from; at + head + size <= bytes.length; at += head + size) parts.push(bytes.subarray(at + head + POINTER, at + head + size))
  return Buffer.concat(parts)
}
