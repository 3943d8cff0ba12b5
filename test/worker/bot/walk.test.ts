/** Somebody walks through the guide in Telegram: one message, and nothing of hers beside it. */
import { evictAllDurableObjects } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { isStop } from '../../../guide/stop.ts'
import { bookOf } from '../../../worker/books.ts'
import { writeLink } from '../../../worker/bot/link.ts'
import { botSay } from '../../../worker/bot/words.ts'
import { LANGUAGES } from '../visitor.ts'
import { chat, counted, deliver, Her, her, openHouse, rows, telegram, title, toHotlines, until } from './house.ts'

openHouse()

describe('one tidy message', () => {
  it('start shows one number, a safety line, the languages and who can see this; her word is gone', async () => {
    await her.type('/start')
    const shown = telegram.of(chat)
    expect(shown).toHaveLength(1)
    expect(shown[0]?.text).toContain('15-47')
    expect(shown[0]?.text).toContain(botSay('uk', 'firstLine'))
    expect(shown[0]?.buttons.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['Русский', 'English', 'Мова, країна: Україна', botSay('uk', 'card')]),
    )
  })

  it('D2: every message is silent, protected and without a preview', async () => {
    await her.type('/start')
    await her.tap('Так. Це про мене')
    const sent = telegram.calls.filter(({ method }) => /sendMessage|editMessageText/.test(method))
    expect(sent.length).toBe(2)
    for (const { method, body } of sent) {
      expect(body.link_preview_options).toEqual({ is_disabled: true })
      if (method === 'sendMessage') expect([body.protect_content, body.disable_notification]).toEqual([true, true])
    }
  })

  it('a tap edits in place and is answered at once', async () => {
    await her.type('/start')
    const first = her.live?.id
    await her.tap('Так. Це про мене')
    expect([her.live?.id, telegram.of(chat).length]).toEqual([first, 1])
    expect(her.live?.text).toContain(title('for-me'))
    expect(telegram.made('answerCallbackQuery')).toHaveLength(1)
    await her.tap('Назад')
    expect(her.live?.text).toContain(title('start'))
  })

  it('every row has at most two buttons, and the last row is always stop and hide', async () => {
    await toHotlines()
    for (const { body } of telegram.calls) {
      const keyboard = (body.reply_markup as { inline_keyboard: { text: string }[][] } | undefined)?.inline_keyboard
      if (!keyboard) continue
      expect(Math.max(...keyboard.map((row) => row.length))).toBeLessThanOrEqual(2)
      expect(keyboard.at(-1)?.map(({ text }) => text)).toEqual(['Стоп', 'Сховати'])
    }
  })

  it('a second start brings the screen to the end of the chat and removes the first', async () => {
    await her.type('/start')
    const first = her.live?.id
    await her.type('/start')
    expect(telegram.of(chat)).toHaveLength(1)
    expect(her.live?.id).toBeGreaterThan(first ?? 0)
  })

  it('a second start makes two calls, and the row knows the new message', async () => {
    await her.type('/start')
    const calls = telegram.calls.length
    await her.type('/start')
    expect(telegram.calls.slice(calls).map(({ method }) => method)).toEqual(['sendMessage', 'deleteMessages'])
    const live = her.live?.id
    await evictAllDurableObjects()
    await her.type('/menu')
    expect(telegram.of(chat).map(({ id }) => id)).toEqual([live])
  })

  it('a second start that could not be sent leaves the first screen where it was', async () => {
    await her.type('/start')
    const first = her.live?.id
    telegram.fail('sendMessage', 400, 'Bad Request: something is wrong')
    await her.type('/start')
    expect(telegram.of(chat).map(({ id }) => id)).toEqual([first])
    await her.tap('Так. Це про мене')
    expect(her.live?.text).toContain(title('for-me'))
  })

  it('pressed twice at once: one screen, no fault', async () => {
    await her.type('/start')
    const data = her.dataOf('Так. Це про мене')
    const answers = await Promise.all([deliver(her.tapUpdate(data)), deliver(her.tapUpdate(data))])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(telegram.of(chat)).toHaveLength(1)
    expect(telegram.made('sendMessage')).toHaveLength(1)
  })

  it('a button of another message becomes the live one; there are never two', async () => {
    await her.type('/start')
    const data = her.dataOf('Так. Це про мене')
    const old = telegram.hers(chat)
    Object.assign(telegram.messages.get(`${chat}/${old}`) ?? {}, { text: 'old screen' })
    await deliver(her.tapUpdate(data, old))
    expect(telegram.of(chat).map(({ id }) => id)).toEqual([old])
  })

  it('a live message that she removed is sent anew', async () => {
    await her.type('/start')
    const data = her.dataOf('Так. Це про мене')
    const id = her.live?.id ?? 0
    telegram.messages.clear()
    await deliver(her.tapUpdate(data, id))
    expect(her.live?.text).toContain(title('for-me'))
  })
})

describe('languages, links and commands', () => {
  it.each([
    ['uk', 'uk'],
    ['ru-RU', 'ru'],
    ['en-GB', 'en'],
    ['de', 'uk'],
  ] as const)('a Telegram in %s is guessed as %s', async (tongue, language) => {
    const she = new Her(telegram, chat, tongue)
    await she.type('/start')
    expect(she.live?.text).toContain(title('start', language))
  })

  it('another language is one tap away, and holds for typed words too', async () => {
    await her.type('/start')
    await her.tap('English')
    expect(her.live?.text).toContain(title('start', 'en'))
    await her.type('hello')
    expect(her.live?.text).toContain(botSay('en', 'notUnderstood'))
    await her.type('/language')
    await her.tap('Русский')
    expect(her.live?.text).toContain(title('start', 'ru'))
  })

  it('a link brings language and area, and tells neither', async () => {
    const link = writeLink({ language: 'ru', country: 'UA', area: 'UA1804' })
    expect(link).toMatch(/^[A-Za-z0-9_-]{1,64}$/)
    expect(link).not.toMatch(/ru|ua|1804/i)
    await her.type(`/start ${link}`)
    expect(her.live?.text).toContain(title('start', 'ru'))
  })

  it.each(['x', 'aaa', `${'z'.repeat(64)}`, '__proto__', '-'])('a start with the unknown word "%s" welcomes all the same', async (word) => {
    await her.type(`/start ${word}`)
    expect(her.live?.text).toContain(title('start'))
  })

  it.each([
    ['/menu', 'start'],
    ['/help', 'start'],
    ['/language', 'settings'],
    ['/person', 'counsellor'],
    ['/person@any_bot', 'counsellor'],
  ])('%s works typed', async (command, step) => {
    await her.type('/start')
    await her.type(command)
    expect(her.live?.text).toContain(title(step))
    expect(telegram.of(chat)).toHaveLength(1)
  })

  it('/privacy and its button say who can see, what stays and what we keep', async () => {
    await her.type('/start')
    await her.tap(botSay('uk', 'card'))
    const card = her.live?.text
    expect(card).toContain('Telegram')
    expect(card).toContain('20')
    await her.tap('Назад')
    expect(her.live?.text).toContain(title('start'))
    await her.type('/privacy')
    expect(her.live?.text).toBe(card)
  })
})

describe('B2: stop', () => {
  it.each(['стоп', 'Stop!', '/stop', 'exit', 'тоқта', 'СТОП', 'вийти', 'тохта'])(
    'typed as "%s" leads to the safe screen, and nothing is remembered',
    async (word) => {
      expect(isStop(word)).toBe(true)
      await toHotlines()
      await her.type(word)
      const safe = bookOf('UA', 'uk').words.steps['safe-screen']
      expect(her.live?.text).toBe(`<b>${safe?.title}</b>\n\n${safe?.text[0]}`)
      expect(telegram.of(chat)).toHaveLength(1)
      expect(await rows('chat')).toEqual([])
    },
  )

  it('tapped does the same', async () => {
    await toHotlines()
    await her.tap('Стоп')
    expect(her.live?.text).toContain(title('safe-screen'))
    expect(await rows('chat')).toEqual([])
  })

  it('a start after it leaves one message', async () => {
    await toHotlines()
    await her.type('стоп')
    await her.type('/start')
    expect(telegram.of(chat)).toHaveLength(1)
    expect(her.live?.text).toContain(title('start'))
  })

  it('works when the object that held the chat is gone', async () => {
    await toHotlines()
    await evictAllDurableObjects()
    await her.type('стоп')
    expect(telegram.of(chat)).toHaveLength(1)
    expect(her.live?.text).toContain(title('safe-screen'))
    expect(await rows('chat')).toEqual([])
  })

  it.each(['/hide', 'tap'])('%s takes the message away and drops the row', async (way) => {
    await her.type('/start')
    await (way === 'tap' ? her.tap('Сховати') : her.type('/hide'))
    expect(telegram.of(chat)).toEqual([])
    expect(await rows('chat')).toEqual([])
  })
})

describe('D7: tidy this chat', () => {
  /** A word of hers stays behind: Telegram is away whenever it should be removed, until the bot gives up for now. */
  async function sticks(): Promise<number> {
    for (let n = 0; n < 3; n += 1) telegram.cut('deleteMessages')
    const word = her.message({ text: 'Planted7431' })
    await deliver(word)
    await until(async () => (await rows('chat'))[0]?.leftover)
    return word.message.message_id
  }

  it('removes what is known and says what is left to do by hand', async () => {
    await her.type('/start')
    await sticks()
    expect(telegram.of(chat)).toHaveLength(2)
    await evictAllDurableObjects()
    await her.tap(botSay('uk', 'card'))
    await her.tap(botSay('uk', 'tidy'))
    expect(telegram.of(chat)).toHaveLength(1)
    expect(her.live?.text).toContain('48')
  })

  it('one message that is too old does not keep the others', async () => {
    await her.type('/start')
    const word = await sticks()
    telegram.old.add(`${chat}/${word}`)
    await her.type('ще слово')
    expect(telegram.of(chat).map(({ id }) => id)).toEqual([her.live?.id, word].sort())
  })
})

describe('the store', () => {
  it('is asked once an update; twice only when a message was sent', async () => {
    const count = counted()
    const trips: Record<string, number> = {}
    const measure = async (name: string, act: () => Promise<unknown>) => {
      const before = count.trips
      await act()
      trips[name] = count.trips - before
    }
    await measure('start', () => her.type('/start'))
    await measure('tap', () => her.tap('Так. Це про мене'))
    await measure('words', () => her.type('що робити'))
    await measure('menu', () => her.type('/menu'))
    await evictAllDurableObjects()
    await measure('tap, afresh', () => her.tap('Так. Це про мене'))
    await evictAllDurableObjects()
    await measure('words, afresh', () => her.type('що робити'))
    await measure('stop', () => her.type('стоп'))
    expect(trips).toEqual({ start: 2, tap: 1, words: 1, menu: 1, 'tap, afresh': 1, 'words, afresh': 1, stop: 1 })
  })

  it('D4: holds nothing that tells who somebody is, or what was said', async () => {
    await toHotlines()
    await her.type('Planted7431 слово')
    await her.type('Кременчук')
    const all = [...(await rows('chat')), ...(await rows('seen_update'))]
    expect(all.length).toBeGreaterThan(5)
    const text = all
      .flatMap((row) => Object.values(row))
      .map((cell) => (Array.isArray(cell) || cell instanceof ArrayBuffer ? String.fromCharCode(...new Uint8Array(cell)) : String(cell)))
      .join('\n')
    expect(text).not.toMatch(new RegExp(`planted|7431|слово|${chat}|777000111|services|uk`, 'i'))
  })

  it.each(LANGUAGES)('nothing she typed is in any call of the bot, in %s', async (tongue) => {
    const she = new Her(telegram, chat, tongue)
    await she.type('/start')
    await she.type('Planted-Word-7431')
    expect(JSON.stringify(telegram.calls)).not.toMatch(/planted|7431/i)
  })
})
