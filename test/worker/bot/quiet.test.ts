/** Quiet chats hide themselves, rows expire when they say, and keys that are gone take their rows with them. */
import { runDurableObjectAlarm } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { utf8 } from '../../../crypto/bytes.ts'
import { ringFromJson } from '../../../crypto/keyring.ts'
import { macKey } from '../../../crypto/tag.ts'
import { bookOf } from '../../../worker/books.ts'
import { outbox } from '../../../worker/bot/outbox.ts'
import { hideQuiet } from '../../../worker/bot/quiet.ts'
import { Vault } from '../../../worker/bot/session.ts'
import { chat, deliver, her, KEYS, NOW, openHouse, SECRET, telegram } from './house.ts'
import { ROOT, TOKEN } from './telegram.ts'

const MINUTE = 60

const ring = () => ringFromJson(KEYS) ?? { keysFor: async () => null }
const vault = () => new Vault(ring())
const out = outbox(TOKEN, ROOT, async () => {})
const hideAt = async (now: number, keys = vault()) => hideQuiet({ db: env.DB, key: await macKey(utf8(SECRET)), vault: keys, out, now })
/** How many rows are hers. */
const chats = async () => {
  const read = (await vault().tagsOf(chat, NOW())) ?? []
  return (
    await env.DB.prepare('SELECT count(*) AS n FROM chat WHERE tag IN (?1, ?2)')
      .bind(...read)
      .first<{ n: number }>()
  )?.n
}
const safeTitle = bookOf('UA', 'uk').words.steps['safe-screen']?.title ?? '?'

openHouse()

describe('the live message', () => {
  it('is hidden after 15 quiet minutes, and its row goes', async () => {
    await her.type('/start')
    await hideAt(NOW() + 14 * MINUTE)
    expect([telegram.of(chat).length, await chats()]).toEqual([1, 1])
    await hideAt(NOW() + 16 * MINUTE)
    expect([telegram.of(chat).length, await chats()]).toEqual([0, 0])
  })

  it.each([
    ['cannot be reached', () => telegram.cut('deleteMessages')],
    ['is not well', () => telegram.fail('deleteMessages', 502, 'Bad Gateway')],
    ['asks to wait too long', () => telegram.fail('deleteMessages', 429, 'Too Many Requests', { retry_after: 600 })],
  ])('is tried again at the next alarm when Telegram %s', async (_what, trouble) => {
    await her.type('/start')
    for (let tries = 0; tries < 3; tries += 1) trouble()
    await hideAt(NOW() + 16 * MINUTE)
    expect([telegram.of(chat).length, await chats()]).toEqual([1, 1])
    telegram.faults.length = 0
    await hideAt(NOW() + 17 * MINUTE)
    expect([telegram.of(chat).length, await chats()]).toEqual([0, 0])
  })

  describe('that Telegram removes no more', () => {
    beforeEach(async () => {
      await her.type('/start')
      await her.tap('Так. Це про мене')
      telegram.old.add(`${chat}/${her.live?.id}`)
    })

    it('becomes the safe screen, then its row goes', async () => {
      const id = her.live?.id
      await hideAt(NOW() + 16 * MINUTE)
      expect(telegram.of(chat)).toHaveLength(1)
      expect(her.live).toMatchObject({ id, text: expect.stringContaining(safeTitle) })
      expect(await chats()).toBe(0)
    })

    it('leaves no button behind that tells where she was', async () => {
      await hideAt(NOW() + 16 * MINUTE)
      for (const { data } of her.live?.buttons ?? []) {
        await deliver(her.tapUpdate(data))
        expect(her.live?.text).not.toContain(bookOf('UA', 'uk').words.steps['for-me']?.title)
      }
    })

    it('is tried again when it could not be emptied', async () => {
      const before = her.live?.text
      for (let tries = 0; tries < 5; tries += 1) telegram.cut('editMessageText')
      await hideAt(NOW() + 16 * MINUTE)
      expect([her.live?.text, await chats()]).toEqual([before, 1])
      await hideAt(NOW() + 17 * MINUTE)
      expect(her.live?.text).toContain(safeTitle)
      expect(await chats()).toBe(0)
    })

    it('keeps no row when she has blocked the bot', async () => {
      telegram.fail('editMessageText', 403, 'Forbidden: bot was blocked by the user')
      await hideAt(NOW() + 16 * MINUTE)
      expect(await chats()).toBe(0)
    })
  })

  it('stays while she goes on', async () => {
    await her.type('/start')
    await env.DB.prepare('UPDATE chat SET expires_at = ?1')
      .bind(NOW() + 2 * MINUTE)
      .run()
    await her.tap('Так. Це про мене')
    await hideAt(NOW() + 10 * MINUTE)
    expect(telegram.of(chat)).toHaveLength(1)
  })

  it('is hidden by the alarm of the sweeper', async () => {
    await her.type('/start')
    await env.DB.prepare('UPDATE chat SET expires_at = ?1')
      .bind(NOW() + 4 * MINUTE)
      .run()
    const sweeper = env.SWEEPER.getByName('sweeper')
    await sweeper.wake()
    await runDurableObjectAlarm(sweeper)
    expect(telegram.of(chat)).toEqual([])
    expect(await chats()).toBe(0)
  })

  it('a tap after it was hidden is answered anew', async () => {
    await her.type('/start')
    await hideAt(NOW() + 16 * MINUTE)
    await her.type('/menu')
    expect(telegram.of(chat)).toHaveLength(1)
  })
})
