/**
 * One thing she said, from the store's "not taken before" to the last message removed. One trip to the store, a second only when a
 * message was sent whose number nobody knew. A store that is down, or does not answer, takes nothing else with it.
 */
import { tag } from '../../crypto/tag.ts'
import { encode } from '../../guide/position.ts'
import { common } from '../books.ts'
import { type Row, type Tags, type Trip, takeUpdate, type Write, writeChat } from '../store/chat.ts'
import { DEFAULT_HIDING, type Hiding, keptSeconds, quietSeconds } from '../store/hiding.ts'
import type { EpochSeconds } from '../store/no-answer.ts'
import { type Message, messageOf } from './message.ts'
import type { Outbox, Sent } from './outbox.ts'
import { answerTap, answerUnasked, answerWords, type Plan, standOf } from './reply.ts'
import type { Session, Vault } from './session.ts'
import type { Shown } from './shown.ts'
import type { Said } from './update.ts'
import { within } from './within.ts'

export type Surroundings = {
  db: D1Database
  /** Names updates and signs buttons. */
  key: CryptoKey
  vault: Vault
  out: Outbox
  /** The Worker's own. */
  files: Fetcher
  now: () => EpochSeconds
}

type Talk = Exclude<Said, { kind: 'group' | 'gone' }>

/** She is not kept waiting for the store longer than this. */
const STORE_MS = 1500

export class Visits {
  readonly #in: Surroundings
  /** Sessions as they were last left. The rows are what is left of them when this object is gone. */
  readonly #kept = new Map<number, { session: Session; until: EpochSeconds }>()

  constructor(surroundings: Surroundings) {
    this.#in = surroundings
  }

  async take(said: Said): Promise<void> {
    const now = this.#in.now()
    this.#forgetOld(now)
    const tags = await this.#in.vault.tagsOf(said.chat, now)
    if (said.kind === 'group') {
      if (await this.#claim(said, now, {})) await this.#in.out.leave(said.chat)
    } else if (said.kind === 'gone') {
      if (await this.#claim(said, now, tags ? { write: { kind: 'drop', tags } } : {})) this.#kept.delete(said.chat)
    } else await this.#answer(said, tags, now)
  }

  async #answer(said: Talk, tags: Tags | null, now: EpochSeconds): Promise<void> {
    const kept = this.#keptOf(said.chat, now)
    const early = await this.#plan(said, kept)
    const decided = kept !== null || said.kind === 'tap'
    const read = kept === null && tags ? tags : undefined
    const foreseen = decided ? this.#next(said, early, kept) : null
    // What begins anew is written whole, once its message has a number.
    const write = tags === null || early.anew ? undefined : await this.#write(early, foreseen, tags, now)
    const taken = await this.#claim(said, now, { read, write, silent: early.silent })
    if (taken === null) return
    const before = kept ?? (taken.row && (await this.#in.vault.open(taken.row, now)))
    const decision = decided ? withCount(early, !taken.lost) : await this.#plan(said, before)
    const plan = withHiding(decision, before?.hiding ?? null, tags !== null && !taken.lost)
    const after = await this.#carryOut(said, plan, before)
    if (after === null) {
      this.#kept.delete(said.chat)
      // Known only after sending: she has blocked the bot.
      if (!plan.forget && tags) await this.#store({ kind: 'drop', tags }, now)
      return
    }
    // After a stop only this object still knows which message is hers, so that the next start replaces it.
    this.#kept.delete(said.chat) // so that the oldest stand first
    this.#kept.set(said.chat, { session: after, until: now + keptHere(after.hiding, plan.forget) })
    if (plan.forget) return
    // A row of yesterday moves to today, with all that it holds: its name is looked for just after midnight only.
    const moves = tags !== null && taken.row !== null && String(taken.row.tag) !== String(tags[0])
    const newLeftover = String(after.leftover) !== String(moves ? [] : (before?.leftover ?? []))
    if (tags && (plan.anew || after.live !== (foreseen ?? before)?.live || newLeftover || (moves && foreseen === null)))
      await this.#store(await this.#in.vault.put(after, tags, now, newLeftover), now)
  }

  async #plan(said: Talk, session: Session | null): Promise<Plan> {
    if (said.kind === 'tap') return answerTap(said, this.#in.key)
    const stand = session && standOf(session)
    return said.kind === 'words' ? answerWords(said, stand, this.#in.files) : answerUnasked(said, stand)
  }

  /** The session as it will be, if nothing new has to be sent; null when that is not known yet. */
  #next(said: Talk, plan: Plan, kept: Session | null): Session | null {
    const live = said.kind === 'tap' ? said.message : (kept?.live ?? null)
    if (plan.show === null || plan.anew || live === null) return null
    return sessionOf(said.chat, { ...plan.show, hiding: plan.show.hiding ?? kept?.hiding ?? null }, live, kept?.leftover ?? [])
  }

  async #write(plan: Plan, foreseen: Session | null, tags: Tags, now: EpochSeconds): Promise<Write | undefined> {
    if (plan.forget) return { kind: 'drop', tags }
    return foreseen === null ? { kind: 'touch', tags } : this.#in.vault.put(foreseen, tags, now, false)
  }

  /** @returns null when the update was taken before; `lost` when the store did not say */
  async #claim(
    said: Said,
    now: EpochSeconds,
    more: Pick<Trip, 'read' | 'write' | 'silent'>,
  ): Promise<{ row: Row | null; lost?: true } | null> {
    const update = await tag(this.#in.key, 'update', String(said.update))
    try {
      return await within(STORE_MS, takeUpdate(this.#in.db, { update, now, ...more }), LOST)
    } catch {
      return LOST
    }
  }

  async #store(write: Write | undefined, now: EpochSeconds): Promise<void> {
    if (!write) return
    await within(STORE_MS, writeChat(this.#in.db, write, now), undefined).catch(() => {})
  }

  /** @returns the session as it is now, or null when nobody is there any more */
  async #carryOut(said: Talk, plan: Plan, before: Session | null): Promise<Session | null> {
    const { out } = this.#in
    const acknowledged = said.kind === 'tap' ? out.acknowledge(said.callback) : undefined
    const live = said.kind === 'tap' ? said.message : (before?.live ?? null)
    const old = [...plan.remove, ...(before?.leftover ?? []), ...(before?.live && before.live !== live ? [before.live] : [])]
    if (plan.show === null) {
      const [removed] = await Promise.all([out.remove(said.chat, unique(live === null ? old : [...old, live])), acknowledged])
      // Too old to be removed, but not to be emptied.
      if (!removed.ok && removed.reason !== 'gone' && live !== null && plan.otherwise) {
        const { text, keyboard } = await this.#drawn(said.chat, plan.otherwise)
        await out.edit(said.chat, live, text, keyboard)
      }
      return null
    }
    // What she typed goes at once, whatever becomes of the rest; a command goes with the message that it replaces, in one call.
    const removing = old.length > 0 && !plan.anew ? out.remove(said.chat, unique(old)) : DONE
    const shown = await this.#show(said.chat, plan.show, plan.anew ? null : live)
    const replaced = live !== null && shown.ok && shown.value !== live ? [live] : []
    const late = unique(plan.anew ? [...old, ...replaced] : replaced)
    const [removed, also] = [await removing, late.length > 0 ? await out.remove(said.chat, late) : await DONE]
    await acknowledged
    if (!shown.ok && shown.reason === 'gone') return null
    const leftover = [...(failed(removed) ? old : []), ...(failed(also) ? late : [])]
    return sessionOf(said.chat, plan.show, shown.ok ? shown.value : live, leftover)
  }

  /** In place where that is possible, else as a new message. @returns the number of the message it stands in */
  async #show(chat: number, shown: Shown, live: number | null): Promise<Sent<number>> {
    const { text, keyboard } = await this.#drawn(chat, shown)
    if (live !== null) {
      const edited = await this.#in.out.edit(chat, live, text, keyboard)
      if (edited.ok && edited.same && shown.notice && !shown.again) return this.#show(chat, { ...shown, again: true }, live)
      if (edited.ok) return { ok: true, value: live }
      if (edited.reason !== 'refused') return edited
    }
    return this.#in.out.send(chat, text, keyboard)
  }

  #drawn(chat: number, shown: Shown): Promise<Message> {
    return messageOf(shown, this.#in.key, chat, this.#in.now())
  }

  #keptOf(chat: number, now: EpochSeconds): Session | null {
    const kept = this.#kept.get(chat)
    return kept && kept.until > now ? kept.session : null
  }

  /** As far as they stand in order: one that is over may wait behind a longer one. */
  #forgetOld(now: EpochSeconds): void {
    for (const [chat, { until }] of this.#kept) {
      if (until > now) return
      this.#kept.delete(chat)
    }
  }
}

const LOST = { row: null, lost: true } as const

const DONE: Promise<Sent<true>> = Promise.resolve({ ok: true, value: true })

const failed = (sent: Sent<unknown>): boolean => !sent.ok && sent.reason === 'failed'

const unique = (ids: number[]): number[] => [...new Set(ids)]

/** The message hides itself when the sweeper says so: then what is kept here is no longer true. After a stop nothing hides any more. */
function keptHere(hiding: Hiding | null, stopped = false): number {
  const quiet = stopped ? null : quietSeconds(hiding ?? DEFAULT_HIDING)
  return Math.min(keptSeconds(DEFAULT_HIDING), quiet ?? Number.POSITIVE_INFINITY)
}

/** She is not thanked for what could not be counted. */
const withCount = (plan: Plan, counted: boolean): Plan =>
  plan.show?.silent ? { ...plan, show: { ...plan.show, silent: { ...plan.show.silent, counted } } } : plan

/** @param held  what she chose now stands in her row; if it does not, she is told */
function withHiding(plan: Plan, remembered: Hiding | null, held: boolean): Plan {
  if (plan.show === null) return plan
  if (plan.forget) return { ...plan, show: { ...plan.show, hiding: null } }
  const { hiding } = plan.show
  if (hiding && !held) return { ...plan, show: { ...plan.show, hiding: remembered, notice: 'hidingLost' } }
  return { ...plan, show: { ...plan.show, hiding: hiding ?? remembered } }
}

const sessionOf = (chat: number, { at, language, hiding }: Shown, live: number | null, leftover: number[]): Session => ({
  chat,
  language,
  position: encode(common.codes, at, language),
  live,
  leftover,
  hiding: hiding ?? null,
})
