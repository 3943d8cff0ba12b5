/** What she types or sends: read, answered and removed; and the word that leaves, in every language and everywhere. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { BotPlayer } from '../transcripts/bot-player.ts'
import { type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
afterEach(() => house.clean())

const STOPS = ['стоп', 'Стой!', 'STOP', 'exit', 'тоқта', 'тохта', "to'xta", 'ист', '/stop', 'вийти']

/** Ten steps, as choices from the first screen. */
const WALKS: string[][] = [
  [],
  ['for-me', 'danger-now'],
  ['for-me'],
  ['for-someone'],
  ['under-18'],
  ['professional'],
  ['for-me', 'domestic-violence'],
  ['for-me', 'services'],
  ['for-me', 'services', 'psychological'],
  ['for-me', 'for-me-situation', 'crsv'],
]

async function walked(choices: string[], language_code = 'uk'): Promise<BotPlayer> {
  const her = await house.visit({ language_code })
  for (const choice of choices) await her.take(choice)
  return her
}

describe('B2: stop', () => {
  it.each(WALKS.map((walk, n) => [STOPS[n] ?? 'стоп', walk.at(-1) ?? 'start', walk] as const))(
    'typed as "%s" at "%s" leaves; so does the button',
    async (word, _step, walk) => {
      const her = await walked(walk, ['uk', 'ru', 'en'][walk.length % 3])
      await her.type(word)
      expect(her.at().step).toBe('safe-screen')
      await her.take('home')
      for (const choice of walk) await her.take(choice)
      await her.take('stop')
      expect(her.at().step).toBe('safe-screen')
    },
  )

  it.each(STOPS)('"%s" is understood from one who never pressed Start', async (word) => {
    const her = house.visitor()
    await her.type(word)
    expect(her.at().step).toBe('safe-screen')
  })

  it('is understood among the places, on the card and in the list of oblasts', async () => {
    const her = await walked(['for-me', 'services', 'psychological'])
    await her.type('Семенівка')
    await her.type('стоп')
    expect(her.at().step).toBe('safe-screen')
    await her.take('home')
    await her.ask('-c')
    await her.take('stop')
    expect(her.at().step).toBe('safe-screen')
  })
})

describe('what she types', () => {
  it('is removed and answered, at every step', async () => {
    const her = await house.visit()
    for (const choice of ['for-me', 'domestic-violence']) {
      await her.take(choice)
      await her.type('рецепт борщу з пампушками')
      expect(her.at().step).toBe(choice)
    }
  })

  it('is a place where services are listed', async () => {
    const her = await walked(['for-me', 'services', 'psychological'])
    await her.type('Бердичів')
    expect(her.at().area).toBe('UA1802003')
    await her.type('Немаєтакогомісця')
    expect(her.at().area).toBe('UA1802003')
    expect(her.message().text).not.toContain('Немаєтакого')
  })

  it('and then edits is read as well', async () => {
    const her = await house.visit()
    await house.sticks(her, 'сто')
    const { id = 0 } = her.person.screen().find(({ mine }) => mine) ?? {}
    await her.person.edits(id, 'стоп')
    await house.still()
    expect(her.at().step).toBe('safe-screen')
  })

  it.each([
    ['/menu', 'start'],
    ['/language', 'settings'],
    ['/person', 'counsellor'],
  ])('%s leads to %s', async (command, step) => {
    const her = await walked(['for-me', 'services'])
    await her.type(command)
    expect(her.at().step).toBe(step)
  })
})

describe('B8: what nobody asked for is refused and removed', () => {
  it('a photo, a voice, a contact, a location, a sticker, a document', async () => {
    const her = await walked(['for-me'])
    const { person } = her
    const before = her.message().text
    for (const sends of [
      () => person.sendsPhoto(),
      () => person.sendsPhoto('це він'),
      () => person.sendsVoice(),
      () => person.sendsContact('+380501234567'),
      () => person.sendsLocation(50.45, 30.52),
      () => person.sendsSticker(),
      () => person.sendsOther({ document: { file_id: 'AgAD-1', file_unique_id: 'u-1' } } as never),
    ]) {
      await her.take('home')
      await her.take('for-me')
      expect(her.message().text).toBe(before)
      await sends()
      await house.still()
      expect(her.message().text).not.toBe(before)
      expect(her.message().text).toContain(before.split('\n')[0])
    }
  })
})

describe('who comes and goes', () => {
  it('a group is left without a word', async () => {
    const her = await house.visit()
    const family = house.telegram.group({ id: -1001 })
    await family.addsBot(her.person)
    await house.still()
    expect(family.room.bot).toBe('left')
    expect([...family.room.messages.values()].filter(({ from }) => from.is_bot)).toEqual([])
  })

  it('REL-08: who blocks the bot is not written to; unblocked, she is welcome', async () => {
    const her = await walked(['for-me', 'services'])
    const before = her.message().id
    await her.person.blocks()
    await house.still()
    const calls = house.telegram.api.calls.length
    await her.person.unblocks()
    await house.still()
    expect(house.telegram.api.calls).toHaveLength(calls)
    await her.person.sends('/start')
    await house.still()
    // What stood there before she blocked is known no more, and stays for her to remove.
    expect(her.person.last().id).toBeGreaterThan(before)
  })

  it('REL-08: a 403 in the middle of a visit ends it after one try', async () => {
    const her = await walked(['for-me'])
    const { data = '' } = her.find('services')
    const { id } = her.message()
    const room = house.telegram.world.rooms.get(her.person.user.id)
    const before = house.telegram.calls('editMessageText').length
    if (room) room.bot = 'blocked'
    await her.person.taps(data, { on: id })
    await house.still()
    await new Promise((done) => setTimeout(done, 1000))
    expect(house.telegram.calls('editMessageText')).toHaveLength(before + 1)
    expect(house.telegram.calls('sendMessage').filter(({ params }) => params.chat_id === her.person.user.id)).toHaveLength(1)
  })
})
