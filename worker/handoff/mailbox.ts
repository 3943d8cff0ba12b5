/** Frames that the other end has not acknowledged, each under an outer seal that opens in no other place of no other talk. */
import type { Bytes } from '../../crypto/bytes.ts'
import { keepMail, type Mail, unread } from '../store/mail.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import type { Name, Rows } from './rows.ts'

/** @returns false when too many wait for the other end already */
export async function keepFrame(db: D1Database, rows: Rows, name: Name, mail: Mail, now: EpochSeconds): Promise<boolean> {
  const sealed = await rows.seal('mail', frameName(name, mail), mail.sealed)
  return keepMail(db, name.tag, { ...mail, sealed }, now)
}

/** In order. What no key of its day opens any more is left out. */
export async function unreadFrames(db: D1Database, rows: Rows, name: Name, direction: number, now: EpochSeconds): Promise<Bytes[]> {
  const mail = await unread(db, name.tag, direction, now)
  const frames = await Promise.all(mail.map((one) => rows.openBytes('mail', frameName(name, one), one.sealed)))
  return frames.filter((frame) => frame !== null)
}

/** `tag ‖ direction (1) ‖ epoch (4) ‖ n (4)` */
const frameName = ({ tag, day }: Name, { direction, epoch, n }: Omit<Mail, 'sealed'>): Name => {
  const name = new Uint8Array(tag.length + 9)
  const view = new DataView(name.buffer)
  name.set(tag)
  view.setUint8(tag.length, direction)
  view.setUint32(tag.length + 1, epoch)
  view.setUint32(tag.length + 5, n)
  return { tag: name, day }
}
