/** Her own words on plain pages: read by the Worker, answered with the next page, kept nowhere. */
import { describe, expect, it } from 'vitest'
import { bookOf } from '../../worker/books.ts'
import { type Page, post, read, Visitor } from './visitor.ts'

const uk = bookOf('UA', 'uk').words

const door = async (language = 'uk', choice = 'for-me') => (await new Visitor({ 'Accept-Language': `${language}-UA` }).open()).press(choice)

/** As the form of the field would send it. */
async function says(her: Visitor, text: string): Promise<Page> {
  her.page = await read(await post({ p: her.page.hidden.f?.p ?? '', y: text }))
  return her.page
}

const goes = (page: Page) => page.buttons.filter(({ name }) => name === 'g')

async function go(her: Visitor, value: string | undefined, name = 'g'): Promise<Page> {
  her.page = await read(await post({ p: her.page.hidden.f?.p ?? '', [name]: value ?? '' }))
  return her.page
}

describe('B4: what is understood is asked back', () => {
  it('the field stands on the doors, and says that a program reads it', async () => {
    const { page } = await door()
    expect(page.html).toContain(uk.ui['own.label'])
    expect(page.html).toContain(uk.ui['own.sent'])
    expect((await door('uk', 'exit-limits')).page.html).not.toContain('data-own')
  })

  it('up to three guesses and "something else"; a guess leads to its topic', async () => {
    const her = await door()
    const page = await says(her, 'чоловік забирає зарплату і не дає грошей на їжу')
    expect(page.html).toContain(uk.ui['heard.title'])
    expect(goes(page).length).toBeGreaterThan(1)
    expect(goes(page).length).toBeLessThanOrEqual(5)
    expect((await go(her, goes(page)[0]?.value)).html).not.toContain(uk.ui['heard.title'])
    expect(bookOf('UA', 'uk').guide.steps[her.page.step]?.topic).toBeDefined()
  })

  it('"something else" leads to the menus, which have the field again', async () => {
    const her = await door()
    const page = await says(her, 'чоловік забирає зарплату і не дає грошей на їжу')
    expect((await go(her, goes(page).at(-1)?.value)).step).toBe('for-me')
    expect(her.page.html).toContain('data-own')
  })

  it('what is not understood is said so, kindly, where she stands', async () => {
    const her = await door()
    const page = await says(her, 'рецепт борщу з пампушками')
    expect(page.step).toBe('for-me')
    expect(page.html).toContain(uk.ui['heard.nothing'])
  })

  it('Kazakh is understood in Ukraine, too', async () => {
    const her = await door('kk')
    expect((await says(her, 'күйеуім ұрады, көмектесіңіздер')).html).not.toContain(bookOf('UA', 'kk').words.ui['heard.nothing'])
    expect([her.page.step === 'danger-now', goes(her.page).length > 1]).toContain(true)
  })

  it('a word that leaves leaves', async () => {
    const her = await door()
    expect((await says(her, 'стоп')).step).toBe('safe-screen')
  })
})

describe('B3: danger is heard first', () => {
  it.each([
    ['uk', 'він зараз ламає двері і кричить що вб’є', 'danger-now', 'heard.danger'],
    ['ru', 'помогите муж избивает меня прямо сейчас', 'danger-now', 'heard.danger'],
    ['en', 'he is hitting me right now please help', 'danger-now', 'heard.danger'],
    ['uk', 'не хочу більше жити', 'suicide', 'heard.suicide'],
  ])('in %s: "%s" shows the numbers at once, and a way on for who is safe', async (language, text, step, key) => {
    const her = await door(language)
    const page = await says(her, text)
    expect(page.step).toBe(step)
    expect(page.html).toContain(bookOf('UA', language as 'uk').words.ui[key])
    expect(page.tels.length).toBeGreaterThan(0)
    const safe = page.buttons.find(({ name }) => name === 'h')
    await go(her, safe?.value, 'h')
    expect(her.page.html).toMatch(/data-go=|data-own/)
  })

  it('never a call where somebody said she is in occupied territory', async () => {
    const her = await door()
    await her.walk('for-me-situation', 'occupied')
    const page = await says(her, 'він зараз ламає двері і кричить що вб’є')
    expect(page.tels).toEqual([])
  })
})

it('whatever is made up is answered with a page', async () => {
  for (const fields of [
    { y: '' },
    { y: '\u0000\uD800'.repeat(400) },
    { g: 'zzz' },
    { g: '__proto__' },
    { h: 'x'.repeat(5000) },
    { h: '' },
  ] as Record<string, string>[]) {
    const page = await read(await post(fields))
    expect(page.status).toBe(200)
    expect(page.exits.length).toBeGreaterThan(0)
  }
})
