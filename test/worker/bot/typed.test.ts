/** What she types or sends unasked: read or refused, and removed either way. */
import { evictAllDurableObjects } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { bookOf } from '../../../worker/books.ts'
import { botSay } from '../../../worker/bot/words.ts'
import { chat, chatOf, deliver, from, her, NOW, nextUpdate, openHouse, rows, telegram, title, toHotlines, until } from './house.ts'

openHouse()

const uk = bookOf('UA', 'uk').words

describe('typed words', () => {
  it('are removed and answered by "choose what is nearest"', async () => {
    await her.type('/start')
    await her.type('Planted-Word-7431 він мене')
    expect(telegram.of(chat)).toHaveLength(1)
    expect(her.live?.text).toContain(botSay('uk', 'notUnderstood'))
    expect(her.live?.text).not.toContain('7431')
  })

  it('name a place where services are listed', async () => {
    await toHotlines()
    await her.type('Кременчук')
    expect(her.live?.text).toMatch(/Кременчу.*: хто може допомогти/)
    expect(telegram.of(chat)).toHaveLength(1)
  })

  it('that may be several places are asked about, one tap each', async () => {
    await toHotlines()
    await her.type('Іванівка')
    expect(her.live?.text).toContain(uk.ui.placeWhich)
    await her.tap(/Іванівка/)
    expect(her.live?.text).toMatch(/: хто може допомогти/)
  })

  it('that may be more places than fit are said to be so, and at most eight choices stand there', async () => {
    await toHotlines()
    await her.type('Іванівка')
    const more = Number(/Є ще (\d+)\. Допишіть район чи область\./.exec(her.live?.text ?? '')?.[1])
    const choices = her.live?.buttons.filter(({ text }) => !['Назад', 'На початок', 'Стоп', 'Сховати'].includes(text)) ?? []
    expect(more).toBeGreaterThan(0)
    expect(choices).toHaveLength(8)
    expect(choices.at(-1)?.text).toBe(botSay('uk', 'placePick'))
  })

  it('that come only near to a name are asked about as a guess', async () => {
    await toHotlines()
    await her.type('Житомер')
    expect(her.live?.text).toContain(uk.ui.placeGuess)
    await her.tap(/Житомир/)
    expect(her.live?.text).toMatch(/Житомир.*: хто може допомогти/)
  })

  it('that name a place which may be occupied: calls from there are warned of, and the quiet way is one tap', async () => {
    await toHotlines()
    await her.type('Мелітополь')
    const text = her.live?.text ?? ''
    expect(text).toContain(uk.ui.askOccupied)
    expect(text.indexOf(uk.ui.askOccupied ?? '?')).toBeLessThan(text.indexOf('☎'))
    await her.tap(uk.ui['goOn.occupied'] ?? '')
    expect(her.live?.text).toContain(title('occupied'))
    expect(her.live?.text).not.toContain('☎')
  })

  it('that name no place are not repeated', async () => {
    await toHotlines()
    await her.type('Planted7431')
    expect(her.live?.text).toContain(botSay('uk', 'placeNotFound'))
    expect(her.live?.text).not.toContain('7431')
  })

  it('an oblast can be picked, page by page', async () => {
    await toHotlines()
    await her.tap(botSay('uk', 'placePick'))
    await her.tap(botSay('uk', 'later'))
    await her.tap(/область/)
    expect(her.live?.text).toMatch(/: хто може допомогти/)
  })

  it('long lists are turned page by page, and say that more follow', async () => {
    await toHotlines()
    const first = her.live?.text
    expect(first).toMatch(/Сторінка 1 з \d+\. Далі — ще служби\.$/)
    await her.tap(botSay('uk', 'later'))
    expect(her.live?.text).not.toBe(first)
    await her.tap(botSay('uk', 'earlier'))
    expect(her.live?.text).toBe(first)
  })

  it('an edited message is read as well', async () => {
    await her.type('/start')
    const message = { message_id: telegram.hers(chat), date: NOW(), edit_date: NOW(), from: from(), chat: chatOf(chat), text: 'стоп' }
    await deliver({ update_id: nextUpdate(), edited_message: message })
    expect(her.live?.text).toContain(title('safe-screen'))
  })

  it('are understood where she stands although the object that held the chat is gone', async () => {
    await toHotlines()
    const live = her.live?.id
    await evictAllDurableObjects()
    await her.type('Кременчук')
    expect([her.live?.id, telegram.of(chat).length]).toEqual([live, 1])
    expect(her.live?.text).toMatch(/Кременчу/)
  })
})

describe('B8: what nobody asked for', () => {
  it.each(['photo', 'voice', 'contact', 'location', 'video_note', 'document', 'sticker', 'venue'])(
    'a %s is refused kindly and removed',
    async (kind) => {
      await her.type('/start')
      await deliver(her.message({ [kind]: { file_id: 'planted7431', phone_number: '+380500007431' } }))
      expect(telegram.of(chat)).toHaveLength(1)
      expect(her.live?.text).toContain(botSay('uk', 'refused'))
    },
  )

  it('two in a row are both answered, each in other words, in the one message', async () => {
    await her.type('/start')
    const seen: string[] = []
    for (let nth = 0; nth < 4; nth += 1) {
      await deliver(her.message({ photo: [{ file_id: `planted${nth}` }] }))
      seen.push(her.live?.text.split('\n').at(-1) ?? '')
      expect(telegram.of(chat)).toHaveLength(1)
    }
    const [first, again] = (['refused', 'refusedAgain'] as const).map((key) => `<i>${botSay('uk', key)}</i>`)
    expect(seen).toEqual([first, again, first, again])
  })

  it('so are words that cannot be read, and places that are not found: in the last line, above the buttons', async () => {
    const last = () => her.live?.text.split('\n').at(-1) ?? ''
    await her.type('/start')
    await her.type('слово')
    expect(last()).toBe(`<i>${botSay('uk', 'notUnderstood')}</i>`)
    await her.type('ще слово')
    expect(last()).toBe(`<i>${botSay('uk', 'notUnderstoodAgain')}</i>`)
    await toHotlines()
    await her.type('Planted7431')
    expect(last()).toBe(`<i>${botSay('uk', 'placeNotFound')}</i>`)
    await her.type('Planted7432')
    expect(last()).toBe(`<i>${botSay('uk', 'placeNotFoundAgain')}</i>`)
  })

  it('an answer that was lost on its way is not said again in other words', async () => {
    await her.type('/start')
    telegram.lose('editMessageText')
    await deliver(her.message({ photo: [{ file_id: 'x' }] }))
    await until(() => her.live?.text.includes(botSay('uk', 'refused')))
    expect(telegram.made('editMessageText')).toHaveLength(2)
  })

  it('a photo with "stop" written under it is a stop', async () => {
    await her.type('/start')
    await deliver(her.message({ photo: [{ file_id: 'x' }], caption: 'Стоп' }))
    expect(her.live?.text).toContain(title('safe-screen'))
  })

  it('a note of Telegram, such as a changed timer, is left alone', async () => {
    await her.type('/start')
    const before = telegram.calls.length
    await deliver(her.message({ message_auto_delete_timer_changed: { message_auto_delete_time: 86400 } }))
    expect(telegram.calls.length).toBe(before)
  })

  it.each(['group', 'supergroup', 'channel'])('a %s is left, without a word', async (type) => {
    const key = type === 'channel' ? 'channel_post' : 'message'
    await deliver({ update_id: nextUpdate(), [key]: { message_id: 5, date: NOW(), chat: { id: -100, type, title: 'x' }, text: 'hello' } })
    expect(telegram.calls.map(({ method }) => method)).toEqual(['leaveChat'])
  })

  it('who blocks the bot is forgotten', async () => {
    await her.type('/start')
    expect(await rows('chat')).toHaveLength(1)
    const member = (status: string) => ({ user: from(), status })
    await deliver({
      update_id: nextUpdate(),
      my_chat_member: {
        chat: chatOf(chat),
        from: from(),
        date: NOW(),
        old_chat_member: member('member'),
        new_chat_member: member('kicked'),
      },
    })
    expect(await rows('chat')).toEqual([])
  })
})

describe('B4: words that are understood', () => {
  it('are asked back with up to three guesses and the menus, and removed', async () => {
    await her.type('/start')
    await her.type('чоловік забирає зарплату і не дає грошей на їжу')
    expect(her.live?.text).toContain(uk.ui['heard.title'])
    expect(her.live?.text).not.toContain('зарплату')
    expect(telegram.of(chat)).toHaveLength(1)
    await her.tap(uk.ui['heard.other'] ?? '')
    expect(her.live?.text).toContain(uk.steps['for-me']?.title)
  })

  it('B3: danger interrupts wherever she stands, also where places are typed; who is safe goes on', async () => {
    await toHotlines()
    await her.type('він зараз ламає двері і кричить що вб’є')
    expect(her.live?.text).toContain(uk.ui['heard.danger'])
    expect(her.live?.text).toContain(uk.steps['danger-now']?.title)
    await her.tap(uk.ui['heard.safe'] ?? '')
    expect(her.live?.text).toContain(uk.ui['heard.title'])
  })

  it('never a number for somebody in occupied territory', async () => {
    await her.type('/start')
    for (const [step, choice] of [
      ['start', 'for-me'],
      ['for-me', 'for-me-situation'],
      ['for-me-situation', 'occupied'],
    ] as const)
      await her.tap(uk.steps[step]?.choices?.[choice] ?? uk.choices[choice] ?? '')
    await her.type('не хочу більше жити')
    expect(her.live?.text).not.toContain('☎')
  })
})
