/**
 * Coming back with a code. Whatever is wrong with it (unknown, expired, ended, read by somebody else, another's) the answer is the same to
 * the byte, and counts as a wrong try.
 */
import { bytesOf, toBase64url } from '../../crypto/bytes.ts'
import { CAPSULE_BYTES } from '../../crypto/talk/capsule.ts'
import type { Done, Replies, Returned, VisitorAsk, VisitorRefusal } from '../../schema/api.ts'
import type { TalkConfig } from '../handoff/config.ts'
import { passHash } from '../handoff/handoff.ts'
import { countAsk, countWrongCode, waitForCode } from '../handoff/limits.ts'
import type { Name } from '../handoff/rows.ts'
import { dropCapsule, keepCapsule, type Names, readCapsule } from '../store/capsule.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { repliesIn } from '../store/reply.ts'

type Ask<Kind extends VisitorAsk['ask']> = Extract<VisitorAsk, { ask: Kind }>

const HOUR = 60 * 60
const NOTHING: Returned = { ok: true, found: 0, capsule: 'A'.repeat(Math.ceil((CAPSULE_BYTES * 4) / 3)) }

/** Under each day's long key whose rows may still live; today's first. */
async function namesOf({ rows }: TalkConfig, locator: string, auth: string, now: EpochSeconds): Promise<(Names & { name: Name })[]> {
  const [tags, proofs] = await Promise.all([rows.names('capsule', locator, now, 'long'), rows.names('capsule-auth', auth, now, 'long')])
  return (tags ?? []).flatMap((name) => {
    const proof = proofs?.find(({ day }) => day === name.day)
    return proof ? [{ name, tag: name.tag, auth: proof.tag }] : []
  })
}

export async function keep(
  config: TalkConfig,
  ask: Ask<'keep'>,
  network: string | null,
  now: EpochSeconds,
): Promise<Done | VisitorRefusal> {
  // Within a talk it is written after each message; without one anybody could fill the table.
  const seconds = ask.talk ? 0 : await countAsk({ db: config.db, rows: config.rows, now }, network)
  if (seconds > 0) return { ok: false, reason: 'slow-down', seconds }
  const [today, ...before] = await namesOf(config, ask.locator, ask.auth, now)
  if (!today) return { ok: false, reason: 'unavailable' }
  if (ask.talk) {
    const found = await config.handoff.find(bytesOf(ask.talk.tag), now)
    if (!found || found.talk.pass !== (await passHash(bytesOf(ask.talk.pass)))) return { ok: false, reason: 'gone' }
    const tied = await config.handoff.tie(bytesOf(ask.talk.tag), toBase64url(today.tag), now)
    if (!tied.ok) return { ok: false, reason: tied.error.reason === 'unavailable' ? 'unavailable' : 'gone' }
  }
  const sealed = await config.rows.seal('capsule', today.name, bytesOf(ask.capsule), 'long')
  // Rounded down: a capsule never outlives what she chose.
  const expiresAt = Math.floor((now + ask.hours * HOUR) / 300) * 300
  await keepCapsule(config.db, today, sealed, expiresAt, before, now)
  return { ok: true }
}

export async function comeBack(
  config: TalkConfig,
  ask: Ask<'return'>,
  network: string | null,
  now: EpochSeconds,
): Promise<Returned | VisitorRefusal> {
  const { db, rows } = config
  const counting = { db, rows, now }
  const seconds = await waitForCode(counting, network)
  if (seconds > 0) return { ok: false, reason: 'slow-down', seconds }
  const names = await namesOf(config, ask.locator, ask.auth, now)
  const reader = (await rows.names('capsule-reader', `${ask.locator} ${ask.by}`, now))?.[0]
  const found = names.length > 0 && reader ? await readCapsule(db, names, reader.tag, now) : null
  const name = found && names[found.at]?.name
  const capsule = found && name ? await rows.openBytes('capsule', name, found.sealed, 'long') : null
  if (capsule !== null) return { ok: true, found: 1, capsule: toBase64url(capsule) }
  await countWrongCode(counting, network)
  return NOTHING
}

export async function drop(config: TalkConfig, { locator, auth }: { locator: string; auth: string }, now: EpochSeconds): Promise<Done> {
  const names = await namesOf(config, locator, auth, now)
  if (names.length > 0) await dropCapsule(config.db, names, now)
  return { ok: true }
}

export async function replies({ db, rows }: TalkConfig, { box }: Ask<'replies'>, now: EpochSeconds): Promise<Replies> {
  const names = await rows.names('reply-box', box, now, 'long')
  if (!names) return { ok: true, replies: [] }
  const found = await repliesIn(
    db,
    names.map(({ tag }) => tag),
    now,
  )
  const opened = await Promise.all(
    found.map(({ at, tag, sealed }) => rows.openBytes('reply', { tag, day: names[at]?.day ?? 0 }, sealed, 'long')),
  )
  return { ok: true, replies: opened.flatMap((bytes) => (bytes === null ? [] : [toBase64url(bytes)])) }
}
