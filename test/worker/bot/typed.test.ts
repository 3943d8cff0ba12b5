/** What she types or sends unasked: read or refused, and removed either way. */
import { evictAllDurableObjects } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { botSay } from '../../../worker/bot/words.ts'
import { chat, chatOf, deliver, from, her, NOW, nextUpdate, openHouse, rows, telegram, title, toHotlines } from './house.ts'

openHouse()

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
    expect(her.live?.text).toContain(botSay('uk', 'placeWhich'))
    await her.tap(/Іванівка/)
    expect(her.live?.text).toMatch(/: хто може допомогти/)
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

  it('long lists are turned page by page', async () => {
    await toHotlines()
    const first = her.live?.text
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
