/**
 * Removes what has expired, from an alarm, so that it runs the same on Cloudflare, in Miniflare and on one's own server;
 * cron only nudges it awake. Holds nothing but the alarm itself.
 */
import { DurableObject } from 'cloudflare:workers'
import { sweepNoAnswer } from './store/no-answer.ts'

const EVERY_MS = 5 * 60 * 1000

export class Sweeper extends DurableObject<Env> {
  /** Sets the first alarm, and again if it was ever lost. */
  async wake(): Promise<void> {
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(Date.now() + EVERY_MS)
  }

  /** A store that is down is tried again at the next alarm: nothing expired is ever read meanwhile. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + EVERY_MS)
    try {
      await sweepNoAnswer(this.env.DB, Math.floor(Date.now() / 1000))
    } catch {
      // Said nowhere: a log line would be the only thing here that stays.
    }
  }
}
