/** What Telegram may deliver: every kind of update its types know, and anything at all in it. */
import fc from 'fast-check'
import type { Update } from 'grammy/types'
import { describe, expect, it } from 'vitest'
import { readUpdate } from '../../../worker/bot/update.ts'
import { chat, deliver, from, her, nextUpdate, openHouse, telegram } from './house.ts'

openHouse()

/** The compiler names the one that is missing when the types of Telegram grow. */
const ALL: Record<Exclude<keyof Update, 'update_id'>, true> = {
  message: true,
  edited_message: true,
  channel_post: true,
  edited_channel_post: true,
  business_connection: true,
  business_message: true,
  edited_business_message: true,
  deleted_business_messages: true,
  guest_message: true,
  stopped_message_generation: true,
  message_reaction: true,
  message_reaction_count: true,
  inline_query: true,
  chosen_inline_result: true,
  callback_query: true,
  shipping_query: true,
  pre_checkout_query: true,
  purchased_paid_media: true,
  poll: true,
  poll_answer: true,
  my_chat_member: true,
  chat_member: true,
  chat_join_request: true,
  chat_boost: true,
  removed_chat_boost: true,
  managed_bot: true,
  subscription: true,
}
const KINDS = Object.keys(ALL)

/** What a person does in her own chat with the bot; nothing else is answered. */
const HERS = ['message', 'edited_message', 'callback_query']

describe('REL-14: whatever stands in an update', () => {
  const odd = fc.oneof(fc.constant(undefined), fc.constant(null), fc.integer(), fc.string(), fc.object({ maxDepth: 2 }), fc.constant([]))
  const body = fc.record(
    {
      message_id: fc.oneof(fc.integer(), odd),
      id: odd,
      chat: fc.oneof(
        odd,
        fc.record({ id: fc.oneof(fc.integer(), odd), type: fc.oneof(fc.constantFrom('private', 'group', 'channel'), odd) }),
      ),
      from: odd,
      text: odd,
      caption: odd,
      photo: odd,
      data: odd,
      message: fc.oneof(odd, fc.record({ message_id: fc.integer(), chat: fc.record({ id: fc.integer(), type: fc.constant('private') }) })),
      new_chat_member: odd,
    },
    { requiredKeys: [] },
  )
  const update = fc.record({ update_id: fc.oneof(fc.nat(), odd), kind: fc.constantFrom(...KINDS), body: fc.oneof(body, odd) })

  it('is read without an exception, and carries nothing but what is needed', () => {
    const allowed = new Set(['kind', 'update', 'chat', 'callback', 'message', 'data', 'text', 'tongue'])
    fc.assert(
      fc.property(update, ({ update_id, kind, body }) => {
        const said = readUpdate({ update_id, [kind]: body })
        expect(Object.keys(said ?? {}).every((key) => allowed.has(key))).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('is answered 200', async () => {
    await fc.assert(
      fc.asyncProperty(update, async ({ update_id, kind, body }) => {
        expect((await deliver({ update_id, [kind]: body })).status).toBe(200)
      }),
      { numRuns: 150 },
    )
  })

  it.each(KINDS)('"%s" with nothing in it, or with a whole message, is answered 200, and by a call only if it is hers', async (kind) => {
    const whole = { ...her.message({ text: '/start' }).message, id: '1', data: 'x' }
    for (const body of [{}, null, [], whole, { ...whole, chat: undefined }, { message: whole, from: from(), id: '1' }])
      expect((await deliver({ update_id: nextUpdate(), [kind]: body })).status).toBe(200)
    expect(telegram.calls.length > 0).toBe(HERS.includes(kind))
    for (const { body } of telegram.calls) expect(body.chat_id ?? chat).toBe(chat)
  })

  it('no name and no username goes further than the reading', () => {
    const said = readUpdate(her.message({ text: 'слово' }))
    expect(JSON.stringify(said)).not.toMatch(/planted/i)
  })
})
