/**
 * Removes what has expired and hides chats that have been quiet, from an alarm, so that it runs the same on Cloudflare, in Miniflare and
 * on one's own server; cron only nudges it awake. Holds nothing but the alarm itself.
 */
import { DurableObject } from 'cloudflare:workers'
import { type BotEnv, botConfig } from './bot/config.ts'
import { outbox } from './bot/outbox.ts'
import { hideQuiet } from './bot/quiet.ts'
import { Vault } from './bot/session.ts'
import { sweepCapsules } from './store/capsule.ts'
import { sweepChats } from './store/chat.ts'
import { sweepEnrolments } from './store/enrolment.ts'
import { sweepMail } from './store/mail.ts'
import { sweepNoAnswer } from './store/no-answer.ts'
import { sweepPeeks } from './store/peek.ts'
import { sweepReplies } from './store/reply.ts'
import { sweepRosters } from './store/roster.ts'
import { sweepSeenUpdates } from './store/seen-update.ts'
import { sweepShifts } from './store/shift.ts'
import { sweepTalks } from './store/talk.ts'
import { sweepTries } from './store/tries.ts'
import { sweepUsed } from './store/used.ts'

/** A quiet chat is hidden within a minute of its time. */
const EVERY_MS = 60 * 1000

/** Each table's own housekeeping. */
const SWEEPS = [
  ...[sweepNoAnswer, sweepSeenUpdates, sweepChats],
  ...[sweepTalks, sweepMail, sweepShifts, sweepPeeks, sweepUsed, sweepTries, sweepCapsules, sweepReplies, sweepRosters, sweepEnrolments],
]

export class Sweeper extends DurableObject<Env & BotEnv> {
  /** Sets the first alarm, and again if it was ever lost. */
  async wake(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + EVERY_MS)
  }

  /** A store that is down is tried again at the next alarm: nothing expired is ever read meanwhile. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + EVERY_MS)
    const now = Math.floor(Date.now() / 1000)
    const { DB: db } = this.env
    // What fails is said nowhere: a log line would be the only thing here that stays.
    await Promise.allSettled([...SWEEPS.map((sweep) => sweep(db, now)), this.#hide(now)])
  }

  async #hide(now: number): Promise<void> {
    const config = await botConfig(this.env)
    if (!config.ok) return
    const { key, ring, token, apiRoot } = config.value
    await hideQuiet({ db: this.env.DB, key, vault: new Vault(ring), out: outbox(token, apiRoot, (ms) => scheduler.wait(ms)), now })
  }
}
