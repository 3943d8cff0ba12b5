/** A visit from Start to Stop: one quiet message, in her language, and nothing of hers beside it. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LANGUAGES } from '../../schema/terms.ts'
import { writeLink } from '../../worker/bot/link.ts'
import { freshSecret, type House, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
afterEach(() => house.clean())

describe('Start', () => {
  it.each([
    ['uk', 'uk'],
    ['ru', 'ru'],
    ['en', 'en'],
    ['en-GB', 'en'],
    ['de', 'uk'],
  ])('from a Telegram in %s speaks %s', async (language_code, language) => {
    const her = await house.visit({ language_code })
    expect(await her.look()).toMatchObject({ step: 'start', language })
  })

  it.each(LANGUAGES.filter((one) => ['uk', 'ru', 'en'].includes(one)))(
    'from a link in %s speaks it, whatever her Telegram speaks',
    async (language) => {
      const link = writeLink({ language, country: 'UA', area: 'UA1804' })
      const her = house.visitor({ language_code: language === 'uk' ? 'en' : 'uk' })
      await her.person.starts(link)
      await house.still()
      expect(await her.look()).toMatchObject({ step: 'start', language })
      expect(her.at().area).toBe('UA1804')
    },
  )

  it.each(['x', 'abcdef', '0'.repeat(64)])('with the unknown word "%s" welcomes all the same', async (word) => {
    const her = house.visitor()
    await her.person.starts(word)
    await house.still()
    expect(await her.look()).toMatchObject({ step: 'start', language: 'uk' })
  })

  it.each(['uk', 'ru', 'en'] as const)('shows one number, the five doors and the honest card in %s', async (language_code) => {
    const her = await house.visit({ language_code })
    expect((await her.look()).calls).toEqual(['ua-1547'])
    expect(
      her
        .message()
        .text.split('\n')
        .filter((line) => line.includes('☎')),
    ).toHaveLength(1)
    for (const door of ['for-me', 'for-someone', 'under-18', 'professional', 'i-hurt-someone']) her.find(door)
    await her.ask('-c')
    expect(her.message().text).toContain('Telegram')
    expect(her.message().text).toContain('20')
    await her.take('home')
    expect(await her.look()).toMatchObject({ step: 'start', language: language_code })
  })

  it('pressed again brings the screen to the end of the chat, and the first one goes', async () => {
    const her = await house.visit()
    const first = her.message().id
    await her.take('for-me')
    await her.person.starts()
    await house.still()
    expect(her.message().id).toBeGreaterThan(first)
    expect(her.at().step).toBe('start')
  })
})

describe('one message', () => {
  it('D2: is silent, protected and without previews, and stays one over 20 taps', async () => {
    const her = await house.visit()
    const { id } = her.message()
    const before = house.telegram.calls('sendMessage').length
    for (let n = 0; n < 5; n += 1)
      for (const [choice, step] of [
        ['for-me', 'for-me'],
        ['domestic-violence', 'domestic-violence'],
        ['back', 'for-me'],
        ['home', 'start'],
      ] as const) {
        await her.take(choice)
        expect(her.message()).toMatchObject({ id, silent: true, protected: true, preview: false, edited: true })
        expect(her.at().step).toBe(step)
      }
    expect(house.telegram.calls('sendMessage')).toHaveLength(before)
    const drawn = house.telegram.api.calls.filter(({ method }) => /^(sendMessage|editMessageText)$/.test(method))
    expect(drawn.every(({ params }) => (params.link_preview_options as { is_disabled?: boolean }).is_disabled)).toBe(true)
    for (const { params } of house.telegram.calls('sendMessage'))
      expect(params).toMatchObject({ disable_notification: true, protect_content: true })
  })

  it('a button pressed twice is answered twice, and taken once', async () => {
    const her = await house.visit()
    const { data = '' } = her.find('for-me')
    const { id } = her.message()
    const taps = await Promise.all([her.person.taps(data), her.person.taps(data, { on: id, stale: true })])
    await house.still()
    expect(taps.map(({ answered }) => answered)).toEqual([true, true])
    expect(await her.look()).toMatchObject({ step: 'for-me' })
  })

  it('two people at once do not meet', async () => {
    const [olena, iryna] = await Promise.all([house.visit({ language_code: 'uk' }), house.visit({ language_code: 'ru' })])
    await Promise.all([olena.take('for-me'), iryna.take('for-someone')])
    await Promise.all([olena.person.sends('так'), iryna.take('helping-someone')])
    await Promise.all([olena.take('services'), iryna.person.sends('/menu')])
    await house.still()
    expect(await olena.look()).toMatchObject({ step: 'services', language: 'uk' })
    expect(await iryna.look()).toMatchObject({ step: 'start', language: 'ru' })
  })

  it('hidden goes from the chat; a word later she begins anew', async () => {
    const her = await house.visit()
    await her.take('for-me')
    await her.ask('-h')
    expect(her.person.screen()).toEqual([])
    await her.person.sends('/menu')
    await house.still()
    expect(her.at().step).toBe('start')
    await her.person.sends('/hide')
    await house.still()
    expect(her.person.screen()).toEqual([])
  })
})

describe('an old button', () => {
  it('of a bot with another secret is answered kindly, at the nearest screen', async () => {
    const her = await house.visit({ language_code: 'ru' })
    await her.take('for-me')
    const { data = '' } = her.find('services')
    await house.restart({ secret: freshSecret() })
    await her.person.taps(data)
    await house.still()
    expect(await her.look()).toMatchObject({ step: 'for-me', language: 'ru' })
    await her.take('services')
    expect(her.at().step).toBe('services')
  })

  it.each(['1', 'x'.repeat(64), '1000zzz..zzzzzzzz', '🙂🙂', '__proto__'])('that carries "%s" leads to the first screen', async (data) => {
    const her = await house.visit()
    const { id } = her.message()
    await her.take('for-me')
    await her.person.taps(data, { on: id, stale: true })
    await house.still()
    expect(her.at().step).toBe('start')
  })

  it('of somebody else says nothing of them', async () => {
    const [olena, iryna] = [await house.visit(), await house.visit({ language_code: 'en' })]
    await olena.take('for-me')
    await olena.take('services')
    await olena.take('psychological')
    await olena.type('Бердичів')
    expect(olena.at().area).toBe('UA1802003')
    const { data = '' } = olena.find('home')
    await iryna.person.taps(data, { on: iryna.message().id, stale: true })
    await house.still()
    expect(iryna.at().area).toBeNull()
  })

  it('of a message she has deleted brings a new one', async () => {
    const her = await house.visit()
    const { data = '' } = her.find('for-me')
    const { id } = her.message()
    const stored = house.telegram.world.rooms.get(her.person.user.id)?.messages.get(id)
    if (stored) stored.deleted = true
    await her.person.taps(data, { on: id, stale: true })
    await house.still()
    house.telegram.forgive(/message to edit not found/)
    expect(her.at().step).toBe('for-me')
  })
})
