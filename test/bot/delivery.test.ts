/** Telegram on a bad day: updates that come often, late and out of order, and an API that is slow, full or away. */
import type { Update } from 'grammy/types'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { seeded } from '../telegram/stand-in.ts'
import type { BotPlayer } from '../transcripts/bot-player.ts'
import { type House, openHouse } from './house.ts'

/** As many as the webhook is asked to take, `scripts/bot`. */
const AT_ONCE = 20

let house: House
beforeAll(async () => {
  house = await openHouse({ pace: 0, limited: false })
})
afterAll(() => house.close())
afterEach(() => house.clean())

/** An update as a person's tap or word makes it, kept for a delivery of our own. */
const wordsOf = ({ person }: BotPlayer, message_id: number, text: string): Partial<Update> =>
  ({ message: { message_id, date: 1, chat: { id: person.user.id, type: 'private', first_name: 'O' }, from: person.user, text } }) as never

const callsTo = (chat: number, method: string) =>
  house.telegram.api.calls.filter((call) => call.params.chat_id === chat && call.method === method)

/** The ids of messages that were asked to be removed, in the order asked. */
const removedOf = (chat: number): number[] => callsTo(chat, 'deleteMessages').flatMap(({ params }) => params.message_ids as number[])

describe('REL-05: each update is worked on once', () => {
  const UPDATES = 200
  const PEOPLE = 10

  it(`${UPDATES} updates of ${PEOPLE} people, each brought 1 to 5 times, ${AT_ONCE} at once and shuffled`, async () => {
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => house.visit()))
    const random = seeded(5)
    const updates = Array.from({ length: UPDATES }, (_, n) => wordsOf(people[n % PEOPLE] as BotPlayer, 900_000 + n, `слово ${n}`))
    const delivered = await house.telegram.deliverAll(updates, {
      copies: () => 1 + Math.floor(random() * 5),
      shuffle: true,
      parallel: AT_ONCE,
    })
    expect(new Set(delivered.flatMap(({ statuses }) => statuses))).toEqual(new Set([200]))
    await house.still()
    for (const [n, { person, message }] of people.entries()) {
      const removed = removedOf(person.user.id).filter((id) => id >= 900_000)
      const sent = Array.from({ length: UPDATES / PEOPLE }, (_, k) => 900_000 + n + k * PEOPLE)
      expect(removed.toSorted((a, b) => a - b)).toEqual(sent)
      expect(callsTo(person.user.id, 'sendMessage')).toHaveLength(1)
      message()
    }
  })

  it('in the order they were sent, when they come often but in order', async () => {
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => house.visit()))
    const updates = Array.from({ length: 100 }, (_, n) =>
      wordsOf(people[n % PEOPLE] as BotPlayer, 800_000 + n, n % 20 < 10 ? '/menu' : '/language'),
    )
    await house.telegram.deliverAll(updates, { copies: 3 })
    await house.still()
    for (const { person } of people) {
      const removed = removedOf(person.user.id).filter((id) => id >= 800_000)
      expect(removed).toHaveLength(100 / PEOPLE)
      expect(removed).toEqual(removed.toSorted((a, b) => a - b))
    }
  })

  it('also by a Worker that has just been started', async () => {
    const her = await house.visit()
    const update = { update_id: 123_456_789, ...wordsOf(her, 700_001, '/language') }
    await house.telegram.deliver(update)
    await house.restart()
    await house.telegram.deliver(update)
    await house.still()
    expect(removedOf(her.person.user.id).filter((id) => id === 700_001)).toHaveLength(1)
  })
})

describe('REL-06: a slow or full Bot API', () => {
  /** The next call of this method gets no answer until the returned function is called, and then the connection breaks. */
  function hold(method: string): () => void {
    const { promise, resolve } = Promise.withResolvers<void>()
    house.telegram.fail(method, { how: { hang: promise } })
    return resolve
  }

  it('that hangs does not keep Telegram waiting, and the screen comes in the end', async () => {
    const her = await house.visit()
    const free = hold('editMessageText')
    const { delivered } = await her.person.taps(her.find('for-me').data ?? '')
    expect([delivered?.statuses, her.at().step]).toEqual([[200], 'start'])
    free()
    await house.telegram.until(() => her.at().step === 'for-me', 15_000)
    expect(callsTo(her.person.user.id, 'editMessageText')).toHaveLength(2)
  })

  it('that hangs for one does not keep another waiting', async () => {
    const [olena, iryna] = await Promise.all([house.visit(), house.visit()])
    const free = hold('editMessageText')
    await olena.person.taps(olena.find('for-me').data ?? '')
    await iryna.person.taps(iryna.find('for-someone').data ?? '')
    await house.telegram.until(() => iryna.at().step === 'for-someone', 15_000)
    expect(olena.at().step).toBe('start')
    free()
    await house.telegram.until(() => olena.at().step === 'for-me', 15_000)
  })

  // How long exactly is shown on a clock of the test's own, in test/worker/bot/outbox.test.ts.
  it.each([1, 3])(
    'that asks to wait %i s is not asked sooner, Telegram has its answer before, and the message comes once',
    async (seconds) => {
      const her = house.visitor()
      house.telegram.fail('sendMessage', { how: { status: 429, retryAfter: seconds } })
      const begun = performance.now()
      const { statuses } = await her.person.starts()
      if (seconds > 1) expect([statuses, her.person.screen().filter(({ mine }) => !mine)]).toEqual([[200], []])
      await house.telegram.until(() => her.person.screen().some(({ mine }) => !mine), 20_000)
      expect(performance.now() - begun).toBeGreaterThanOrEqual(seconds * 1000 - 20)
      await house.still()
      expect(her.at().step).toBe('start')
      expect(callsTo(her.person.user.id, 'sendMessage')).toHaveLength(2)
    },
  )
})

describe('REL-07: a Bot API that is away every fifth time', () => {
  it('comes to the right screen in the end, and nothing twice', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => house.visit()))
    const random = seeded(7)
    const ways = [{ status: 500 }, { status: 502 }, 'cut'] as const
    for (let at = 1; at <= 400; at += 1)
      if (random() < 0.2) house.telegram.fail('editMessageText', { how: ways[at % ways.length] ?? 'cut', at })
    const walk = ['for-me', 'domestic-violence', 'back', 'services', 'home'] as const
    await Promise.all(
      people.map(async (her) => {
        for (const choice of walk) {
          const { step } = her.at()
          await her.person.taps(her.find(choice).data ?? '')
          await house.telegram.until(() => her.at().step !== step, 25_000)
        }
      }),
    )
    for (const her of people) {
      expect(her.at().step).toBe('start')
      expect(callsTo(her.person.user.id, 'sendMessage')).toHaveLength(1)
    }
  })

  it.each([{ status: 500 }, { status: 502 }, 'cut'] as const)('a first message that failed by %j comes once', async (how) => {
    const her = house.visitor()
    house.telegram.fail('sendMessage', { how, times: 2 })
    await her.person.starts()
    await house.telegram.until(() => her.person.screen().some(({ mine }) => !mine), 15_000)
    await house.still()
    expect(her.at().step).toBe('start')
  })

  it('a word of hers that could not be removed goes with the next', async () => {
    const her = await house.visit()
    await house.sticks(her, 'слово')
    expect(her.person.screen().filter(({ mine }) => mine)).toHaveLength(1)
    await her.person.sends('/menu')
    await house.still()
    her.message()
  })
})

describe('the webhook', () => {
  const post = (headers: Record<string, string>, body: string) => fetch(new URL('/u', house.url), { method: 'POST', headers, body })

  it.each([undefined, '', 'wrong', 'A'.repeat(64)])('is closed to who says "%s", and nothing is called', async (secret) => {
    const her = await house.visit()
    const before = house.telegram.api.calls.length
    const headers = secret === undefined ? {} : { 'X-Telegram-Bot-Api-Secret-Token': secret }
    const answer = await post(headers, JSON.stringify({ update_id: 1, ...wordsOf(her, 5, '/start') }))
    expect(answer.status).toBe(401)
    await house.still()
    expect(house.telegram.api.calls).toHaveLength(before)
  })

  it.each(['', 'null', '[]', '{', '"x"', '{"update_id":1}', '{"update_id":"1","message":{}}', `"${'x'.repeat(300_000)}"`])(
    'answers 200 to whatever else comes: %.20s',
    async (body) => {
      const before = house.telegram.api.calls.length
      const answer = await post({ 'X-Telegram-Bot-Api-Secret-Token': house.secret }, body)
      expect([answer.status, await answer.text()]).toEqual([200, ''])
      expect(house.telegram.api.calls).toHaveLength(before)
    },
  )
})
