/** Somebody without JavaScript, from the first page on: every button is pressed through the page's own forms. */
import { describe, expect, it } from 'vitest'
import { encode } from '../../guide/position.ts'
import { DOORS } from '../../schema/terms.ts'
import { bookOf, common } from '../../worker/books.ts'
import { LANGUAGES, post, read, Visitor, whole } from './visitor.ts'

const visitor = (language = 'uk') => new Visitor({ 'Accept-Language': `${language}-UA` }).open()

const TO_SERVICES: Record<(typeof DOORS)[number], string[]> = {
  'for-me': ['services', 'hotline'],
  'for-someone': ['services', 'find-shelter'],
  'under-18': ['child-protection'],
  professional: ['coordination'],
  'i-hurt-someone': ['psychological'],
}

const toHotlines = async (language = 'uk') => (await visitor(language)).walk('for-me', 'services', 'hotline')

describe('a walk without script', () => {
  it.each(DOORS.flatMap((door) => LANGUAGES.map((language) => [door, language] as const)))(
    'B7, P7: the door %s leads to services that can be reached, in %s',
    async (door, language) => {
      const her = await visitor(language)
      await her.walk(door, ...TO_SERVICES[door])
      expect(whole(her.page)).toEqual([])
      expect(her.page.language).toBe(language)
      expect(her.page.services.length).toBeGreaterThan(0)
      expect(her.page.tels.length).toBeGreaterThan(0)
      expect(her.page.oblasts.length).toBeGreaterThan(20)
    },
  )

  it('carries only the script of the exit, so that it stays plain', async () => {
    const { page } = await (await visitor()).press('for-me')
    expect(page.scripts).toHaveLength(1)
    expect(page.html).not.toContain('id="first"')
  })

  it('E8, D1: keeps one address and one title, and puts no answer where it can be read', async () => {
    const her = await toHotlines()
    expect(her.page.title).toBe('Стежка')
    const buttons = her.page.html.match(/<button[^>]*>/g) ?? []
    expect(buttons.length).toBeGreaterThan(3)
    expect(buttons.filter((button) => !button.includes(' formaction="/"'))).toEqual([])
    expect(her.page.hidden.f?.p).not.toMatch(/hotline|services|for-me/)
  })

  it('E9, D3: forms are such that browsers neither keep what was sent nor ask anybody about them', async () => {
    const forms = (await toHotlines()).page.html.match(/<form.*?<\/form>/gs) ?? []
    expect(forms.length).toBe(2)
    for (const form of forms) {
      expect(form).toContain(' action="/search"')
      expect(form).toMatch(/<input type="password" value="[^"]+" autocomplete="off" disabled hidden>/)
    }
  })

  it('Back goes the way she came, to the first page', async () => {
    const her = await toHotlines()
    const seen: string[] = []
    while (her.page.buttons.some(({ choice }) => choice === 'back')) seen.push((await her.press('back')).page.step)
    expect(seen).toEqual(['services', 'for-me', 'start'])
  })

  it('Back can be pressed on a page that offers none', async () => {
    expect((await read(await post({ p: '', c: common.codes.choices.back ?? 'back' }))).step).toBe('start')
  })

  it('B2: stop is offered everywhere and drops what she told', async () => {
    const her = await toHotlines()
    await her.place({ oblast: her.page.oblasts[3] ?? '' })
    await her.press('stop')
    expect(her.page.step).toBe('safe-screen')
    expect(her.page.hidden.f?.p).toMatch(/^1uk\.\w{3}\.\.$/)
  })

  it('a language is changed where she stands, and kept from there', async () => {
    const her = await toHotlines()
    const [place = ''] = her.page.oblasts.slice(4)
    await her.place({ oblast: place })
    await her.walk('settings', 'language-en')
    expect([her.page.step, her.page.language]).toEqual(['services-hotline', 'en'])
    expect(her.page.hidden.f?.p?.endsWith(place)).toBe(true)
    await her.press('danger-now')
    expect(her.page.language).toBe('en')
    await her.press('stop')
    expect(her.page.language).toBe('en')
    await her.walk('back-to-start', 'settings', 'language-ru')
    expect([her.page.step, her.page.language]).toEqual(['start', 'ru'])
  })

  it('an old button is answered, not thrown, and leaves her where she was', async () => {
    const her = await toHotlines()
    const { page } = her
    for (const c of ['i-hurt-someone', 'zzz', '__proto__', 'constructor']) {
      const after = await read(await post({ ...page.hidden.f, c }, her.headers))
      expect([after.step, after.said.length]).toEqual(['services-hotline', 1])
      expect(after.services).toEqual(page.services)
    }
  })

  it('B7: every step can be shown on a plain page, in every language', async () => {
    for (const language of LANGUAGES) {
      const { guide } = bookOf('UA', language)
      for (const step of Object.keys(guide.steps)) {
        const at = { step, trail: [], answers: {}, area: null }
        const page = await read(await post({ p: encode(common.codes, at, language) }, { 'Accept-Language': 'de' }))
        expect([page.step, page.language, whole(page)], step).toEqual([step, language, []])
        expect(page.html.includes('{{'), step).toBe(false)
      }
    }
  }, 120_000)
})

describe('the place field', () => {
  it('finds a place typed in full', async () => {
    const her = await toHotlines()
    await her.place({ typed: 'Одеса' })
    expect(her.page.html).toContain('Одес')
    expect(her.page.hidden.f?.p).toMatch(/\.UA51\d*$/)
    expect(her.page.services.length).toBeGreaterThan(0)
  })

  it('asks which when there are several, and takes the answer', async () => {
    const her = await toHotlines()
    await her.place({ typed: 'Іванівка' })
    const found = her.page.buttons.flatMap(({ area }) => area ?? [])
    expect(found.length).toBeGreaterThan(1)
    expect(her.page.said).toHaveLength(1)
    expect(her.page.services.length).toBeGreaterThan(0)
    await her.pickMatch(found[1] ?? '')
    expect(her.page.hidden.f?.p?.endsWith(`.${found[1]}`)).toBe(true)
  })

  it('S4: says so when nothing is found, and still lists the country’s services', async () => {
    const her = await toHotlines()
    await her.place({ typed: 'Ъъъщщ<b>"&' })
    expect(her.page.said).toHaveLength(1)
    expect(her.page.html).not.toContain('<b>"&')
    expect(her.page.services.length).toBeGreaterThan(0)
    expect(her.page.hidden.f?.p?.endsWith('.')).toBe(true)
  })

  it('takes every oblast from the list', async () => {
    const her = await toHotlines()
    for (const oblast of her.page.oblasts.filter((code) => code !== '')) {
      await her.place({ oblast })
      expect(her.page.hidden.f?.p?.endsWith(`.${oblast}`), oblast).toBe(true)
      expect(her.page.services.length, oblast).toBeGreaterThan(0)
    }
  })

  it('takes a second place after the first', async () => {
    const her = await toHotlines()
    await her.place({ typed: 'Ромни' })
    expect(her.page.hidden.f?.p).toMatch(/\.UA59\d*$/)
    await her.place({ typed: 'Одесса' })
    expect(her.page.hidden.f?.p).toMatch(/\.UA51\d*$/)
  })

  it('stays as it was when sent empty or with a code that is no place', async () => {
    const her = await toHotlines()
    await her.place({ oblast: 'UA46' })
    for (const oblast of ['', 'UA99', 'constructor', '../..', 'ua46']) {
      await her.place({ oblast })
      expect(her.page.hidden.f?.p?.endsWith('.UA46'), oblast).toBe(true)
    }
  })

  it.each(['стоп', 'Стоп', ' STOP! ', 'вийти', 'выход'])('B2: "%s" typed as a place leads to the safe screen', async (typed) => {
    const her = await toHotlines()
    await her.place({ typed })
    expect(her.page.step).toBe('safe-screen')
    expect(her.page.said).toEqual([])
  })

  it('never shows again what she typed once the place is found', async () => {
    const her = await toHotlines()
    await her.place({ typed: 'в Чернівцях' })
    const [first] = her.page.buttons.flatMap(({ area }) => area ?? [])
    if (first) await her.pickMatch(first)
    expect(her.page.html).not.toContain('в Чернівцях')
  })
})
