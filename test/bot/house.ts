/** The built bot in the real runtime and a strict Telegram before it, for the tests of one file. */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { turn } from '../../crypto/keeping.ts'
import { WEBHOOK_PATH } from '../../scripts/bot/settings.ts'
import { serveLocal } from '../../scripts/serve/local.ts'
import { type Options, type Someone, StandIn } from '../telegram/stand-in.ts'
import { type BotPlayer, botPlayer } from '../transcripts/bot-player.ts'

export const ROOT = resolve(import.meta.dirname, '../..')

/** No call of the bot is begun or waited for any more once this long nothing has happened. */
const STILL_MS = 40

export type House = {
  telegram: StandIn
  /** Where the Worker is. */
  url: string
  /** The folder of its database. */
  data: string
  secret: string
  /** Somebody new with the app in hand, who has not pressed Start. */
  visitor(who?: Partial<Someone>): BotPlayer
  /** As `visitor`, on the first screen. */
  visit(who?: Partial<Someone>): Promise<BotPlayer>
  /** Resolves once the bot has nothing left to say. */
  still(): Promise<void>
  /** Her word stays in the chat, since Telegram is away whenever it should be removed; resolves once the bot has given up. */
  sticks(her: BotPlayer, text: string): Promise<void>
  /** Starts the Worker anew with other secrets; what it held in memory is lost. */
  restart(change?: { secret?: string; keys?: string }): Promise<void>
  /** For the end of each test: throws when a call was wrong, and keeps it from the next test. The same screen written twice is none. */
  clean(): void
  close(): Promise<void>
}

export const freshSecret = (): string => randomBytes(48).toString('base64url')

export const freshKeys = (): string => JSON.stringify(turn({}, Math.floor(Date.now() / 1000)))

/** Longer than the bot waits between two tries to remove something. */
const GIVEN_UP_MS = 3000

/** The bot cannot know what stands in the chat, so it may write the same again; Telegram says so and nothing happens. */
const SAME = /message is not modified/

let people = 500_000_000

/** @param root  another build than that of this tree */
export async function openHouse({ root = ROOT, ...options }: Options & { root?: string } = {}): Promise<House> {
  const data = mkdtempSync(join(tmpdir(), 'bot-'))
  const telegram = await StandIn.start({ start: Date.now(), ...options })
  const now = { secret: freshSecret(), keys: freshKeys() }
  const vars = () => ({ BOT_TOKEN: telegram.token, BOT_SECRET: now.secret, BOT_KEYS: now.keys, TG_API_ROOT: telegram.root })
  const server = await serveLocal({ root, port: 0, data, vars: vars() })
  const hook = () => telegram.hook({ url: new URL(WEBHOOK_PATH, server.url).href, secret: now.secret })
  hook()
  const still = async () => {
    for (let before = -1; before !== telegram.api.calls.length || telegram.api.calls.some(({ answer, outage }) => !answer && !outage); ) {
      before = telegram.api.calls.length
      await new Promise((done) => setTimeout(done, STILL_MS))
    }
  }
  const house: House = {
    telegram,
    url: server.url,
    data,
    get secret() {
      return now.secret
    },
    visitor: (who = {}) => botPlayer({ root, telegram, person: telegram.person({ id: ++people, language_code: 'uk', ...who }), still }),
    async visit(who) {
      const player = house.visitor(who)
      await player.person.starts()
      await telegram.until(() => player.person.screen().some(({ mine }) => !mine), 10_000)
      await still()
      return player
    },
    still,
    async sticks({ person }, text) {
      telegram.fail('deleteMessages', { how: { status: 500 }, times: 1000 })
      telegram.fail('deleteMessage', { how: { status: 500 }, times: 1000 })
      void person.sends(text)
      const tries = () => telegram.calls('deleteMessages').length
      await telegram.until(() => person.screen().some(({ mine }) => mine))
      for (let before = -1; before !== tries(); ) {
        before = tries()
        await new Promise((done) => setTimeout(done, GIVEN_UP_MS))
      }
      telegram.api.outages.clear()
    },
    async restart(change = {}) {
      Object.assign(now, change)
      await server.setVars(vars())
      hook()
    },
    clean() {
      try {
        telegram.assertClean({ except: [SAME] })
      } finally {
        telegram.api.faults = []
        telegram.api.outages.clear()
      }
    },
    async close() {
      await server.stop()
      await telegram.close()
      rmSync(data, { recursive: true, force: true })
    },
  }
  // The first answer of a Worker opens the books, and takes longer than any other.
  await house.visit()
  return house
}
