/** The visitor's side of a sealed talk, in a real browser against the real Worker; at the other end a counsellor with real keys. */
import { mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { keysFile } from '../../scripts/bot/keys.ts'
import { type Counsellor, organise } from './counsellor.ts'
import { everything, type House, openHouse, ROOT, type Visit } from './house.ts'
import { wire } from './severed.ts'
import { press } from './walk.ts'

const DAY_MS = 24 * 60 * 60_000
/** As `Date` counts them. */
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Each visit comes from a network of its own: all of them together ask for a person more often in ten minutes than one network may. */
function apart(house: House): House {
  let networks = 0
  const from = () => {
    networks += 1
    return { 'CF-Connecting-IP': `198.18.${networks}.1` }
  }
  return { ...house, visit: (options) => house.visit({ extraHTTPHeaders: from(), ...options }) }
}

let house: House
let organisation: Awaited<ReturnType<typeof organise>>
let desk: Counsellor

beforeAll(async () => {
  organisation = await organise()
  const keys = keysFile(join(mkdtempSync(join(tmpdir(), 'keys-')), 'keys.json'), Math.floor(Date.now() / 1000))
  house = apart(await openHouse({ vars: { ...organisation.vars, BOT_KEYS: keys } }))
  organisation.at(house)
  desk = await organisation.comes('c-1')
})

afterEach(() => desk.close())

afterAll(() => house.close())

const title = (page: Page, text: string): Promise<unknown> => page.getByRole('heading', { level: 1, name: text }).waitFor()
const tap = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()

/** Three taps from any screen: to the start, how to know us, write. */
async function toTalk(page: Page): Promise<void> {
  for (const choice of ['trust', 'write-here']) await press(page, choice)
  await title(page, 'Написати людині')
}

type Told = { text?: string; agreed?: string; duress?: string }

async function ask(page: Page, { text = 'чи є тут хтось', agreed = '', duress = '' }: Told = {}): Promise<void> {
  await toTalk(page)
  await tap(page, 'Так, далі')
  await page.getByLabel('Кілька слів').fill(text)
  if (agreed || duress) {
    await page.locator('summary', { hasText: 'Два слова' }).click()
    await page.getByLabel('Умовне слово').fill(agreed)
    await page.getByLabel('Слово на випадок').fill(duress)
  }
  await tap(page, 'Надіслати')
  await title(page, 'Кличемо людину')
}

async function joined(visit: Visit, told: Told = {}): Promise<Page> {
  const { page } = visit
  await ask(page, told)
  await desk.accept()
  await title(page, 'Розмова')
  return page
}

async function write(page: Page, text: string): Promise<void> {
  await page.getByLabel('Ваше повідомлення').fill(text)
  await tap(page, 'Надіслати')
}

const said = (page: Page): Promise<string[]> => page.locator('.said li > p').allTextContents()
const marks = (page: Page): Promise<string[]> => page.locator('.said .mark').allTextContents()

async function eventually<T>(read: () => Promise<T>, wanted: T, ms = 15_000): Promise<void> {
  await expect.poll(read, { timeout: ms, interval: 100 }).toEqual(wanted)
}

/** Leaves by the link of the bar, by the mouse itself: the test library would wait for a page that never comes. */
async function exit(page: Page): Promise<void> {
  const box = await page.locator('a.exit').boundingBox()
  if (!box) throw new Error('no exit')
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

/** From the first words to a request that waits. @returns the digits of its code */
async function keepRequest(page: Page): Promise<string> {
  await tap(page, 'Зберегти запит під кодом')
  const digits = (await page.locator('.code').textContent()) ?? ''
  await tap(page, 'Код у мене є')
  await page.getByLabel('Введіть код ще раз').fill(digits)
  await tap(page, 'Зберегти')
  await title(page, 'Запит збережено')
  return digits
}

/** Everything that went over the wire as this page sent it. */
function watched({ page, requests }: Visit): () => string {
  const frames: Buffer[] = []
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => frames.push(Buffer.from(payload))))
  return () =>
    [
      ...requests.map((request) => `${request.url()} ${request.postDataBuffer()?.toString('utf8') ?? ''}`),
      ...frames.map((frame) => frame.toString('utf8')),
    ].join('\n')
}

test('beside the numbers stands who else is told of a call, where somebody is', async () => {
  const { page, close } = await house.visit({ locale: 'ru-KZ' })
  for (const choice of ['trust', 'write-here']) await press(page, choice)
  await title(page, 'Написать человеку')
  const lines = page.locator('section', { has: page.locator('.calls') })
  await lines.getByText('при необходимости сообщают полиции или опеке').waitFor()
  expect(await lines.textContent()).not.toContain('JavaScript')
  await close()
})

describe('a talk', () => {
  test('H1, H13: is asked for, waited for, accepted, and goes both ways with true marks', async () => {
    const visit = await house.visit()
    const { page } = visit
    await toTalk(page)
    await page.getByText('Черги немає').waitFor()
    await tap(page, 'Так, далі')
    await page.getByLabel('Кілька слів').fill('перше')
    await tap(page, 'Надіслати')
    await title(page, 'Кличемо людину')
    expect(await desk.accept()).toMatchObject({ text: 'перше', language: 'uk', wish: 'any', again: false })
    await title(page, 'Розмова')
    await write(page, 'я тут')
    await eventually(() => marks(page), ['надіслано'])
    await desk.until(() => desk.texts.includes('я тут'))
    await eventually(() => marks(page), ['дійшло'])
    await desk.say({ kind: 'seen', epoch: 1, n: 0 })
    await desk.say({ kind: 'text', text: 'я з вами' })
    await eventually(() => said(page), ['я тут', 'я з вами'])
    await eventually(() => marks(page), ['переглянуто'])
    await desk.until(() => desk.heardA('seen'))
    await visit.close()
  })

  test('H2: she sees how many wait in front of her, and when one of them is no longer there', async () => {
    const [before, visit] = [await house.visit(), await house.visit()]
    const { page } = visit
    await page.clock.install()
    await ask(before.page)
    await before.page.getByText('Перед вами нікого немає.').waitFor()
    await ask(page)
    await page.getByText('Перед вами чекає 1 людина.').waitFor()
    await tap(before.page, 'Забрати запит')
    await eventually(async () => {
      await page.clock.fastForward(20_000)
      return page.getByText('Перед вами нікого немає.').isVisible()
    }, true)
    await tap(page, 'Забрати запит')
    await before.close()
    await visit.close()
  })

  test('she reads on while she waits; a neutral line says when somebody came and leads back with one tap', async () => {
    const visit = await house.visit()
    const { page } = visit
    await ask(page)
    await tap(page, 'Читати далі')
    await page.waitForSelector('#screen[data-step=trust]')
    await page.locator('#meanwhile', { hasText: 'Очікуємо' }).waitFor()
    await desk.accept()
    await page.locator('#meanwhile', { hasText: 'Продовжити' }).waitFor()
    await desk.say({ kind: 'text', text: 'добрий вечір' })
    await page.locator('#meanwhile', { hasText: 'Є новини' }).waitFor()
    // A break says nothing of it.
    await press(page, 'stop')
    await eventually(() => page.locator('#meanwhile').count(), 0)
    await press(page, 'back-to-start')
    await page.locator('#meanwhile button').click()
    await title(page, 'Розмова')
    expect(await said(page)).toEqual(['добрий вечір'])
    expect(await page.locator('#meanwhile').count()).toBe(0)
    await visit.close()
  })

  test('questions are answered with one tap, and the word of the two is asked for and given', async () => {
    const visit = await house.visit()
    const page = await joined(visit, { agreed: 'ромашка' })
    const first = await desk.say({ kind: 'question', text: 'Ви самі?', answers: 'yes-no' })
    const second = await desk.say({ kind: 'question', text: 'Що зараз?', answers: ['діти', 'дім', 'папери', 'спокій'] })
    await tap(page, 'Ні')
    await tap(page, 'папери')
    await desk.until(() => desk.heard.filter(({ kind }) => kind === 'answer').length === 2)
    expect(desk.heard.filter(({ kind }) => kind === 'answer')).toEqual([
      { kind: 'answer', to: { epoch: 1, n: first }, answer: 1 },
      { kind: 'answer', to: { epoch: 1, n: second }, answer: 2 },
    ])
    expect(await page.getByRole('button', { name: 'Так', exact: true }).isDisabled()).toBe(true)
    await desk.say({ kind: 'ask-word' })
    await page.getByLabel('Яке наше умовне слово?').fill('ромашка')
    await page.locator('.answers form button').click()
    await desk.until(() => desk.heard.some((one) => one.kind === 'word' && one.text === 'ромашка'))
    await desk.say({ kind: 'may-hand' })
    await page.locator('.said li', { hasText: 'передати' }).getByRole('button', { name: 'Так' }).click()
    await desk.until(() => desk.heard.some((one) => one.kind === 'hand' && one.yes))
    await visit.close()
  })

  test('H8: one message or all are removed on both sides, and what the counsellor takes back goes', async () => {
    const visit = await house.visit()
    const page = await joined(visit)
    for (const text of ['одне', 'друге']) await write(page, text)
    await desk.until(() => desk.texts.length === 2)
    await page.locator('.said li', { hasText: 'одне' }).getByRole('button', { name: 'Прибрати' }).click()
    await desk.until(() => desk.heard.some((one) => one.kind === 'remove' && one.which !== 'all' && one.which.n === 0))
    expect(await said(page)).toEqual(['друге'])
    const n = await desk.say({ kind: 'text', text: 'зайве' })
    await eventually(() => said(page), ['друге', 'зайве'])
    await desk.say({ kind: 'remove', which: { epoch: 1, n } })
    await eventually(() => said(page), ['друге'])
    await page.locator('summary', { hasText: 'Ще' }).click()
    await page.getByRole('button', { name: 'Прибрати все' }).click()
    await desk.until(() => desk.heard.some((one) => one.kind === 'remove' && one.which === 'all'))
    expect(await said(page)).toEqual([])
    await visit.close()
  })

  test('a pause hides what was written, and the counsellor knows', async () => {
    const visit = await house.visit()
    const page = await joined(visit)
    await write(page, 'секунду')
    await page.locator('summary', { hasText: 'Ще' }).click()
    await tap(page, 'Перерва')
    expect(await page.getByText('секунду').isVisible()).toBe(false)
    await desk.until(() => desk.heard.some((one) => one.kind === 'pause' && one.on))
    await tap(page, 'Повернутися до розмови')
    expect(await page.getByText('секунду').isVisible()).toBe(true)
    await visit.close()
  })

  test('a counsellor who is away for a moment says so; she may write meanwhile, and sees when it is over', async () => {
    const visit = await house.visit()
    const page = await joined(visit)
    const away = page.getByText('На тому кінці коротка перерва.')
    await desk.say({ kind: 'pause', on: true })
    await away.waitFor()
    await write(page, 'я почекаю')
    await desk.until(() => desk.texts.includes('я почекаю'))
    await desk.say({ kind: 'pause', on: false })
    await away.waitFor({ state: 'hidden' })
    await page.getByText('З вами консультантка.').waitFor()
    await visit.close()
  })

  test('H7: another person is asked for, told what she lets them read', async () => {
    const other = await organisation.comes('c-2')
    const visit = await house.visit()
    const page = await joined(visit)
    await write(page, 'вже розповідала')
    await desk.until(() => desk.texts.length === 1)
    await page.locator('summary', { hasText: 'Ще' }).click()
    await tap(page, 'Іншу людину, будь ласка')
    await tap(page, 'Так, щоб не починати спочатку')
    await title(page, 'Кличемо людину')
    const first = await other.accept()
    expect(first).toMatchObject({ again: true, before: [{ mine: true, text: 'вже розповідала' }] })
    await title(page, 'Розмова')
    await write(page, 'дякую')
    await other.until(() => other.texts.includes('дякую'))
    await desk.end.poll()
    expect(desk.texts).not.toContain('дякую')
    await other.close()
    await other.end.call({ ask: 'end' })
    await visit.close()
  })

  test('H7: the counsellor hands it on, having asked; she goes on with the other, and nothing is lost', async () => {
    const other = await organisation.comes('c-3')
    const visit = await house.visit()
    const page = await joined(visit)
    await write(page, 'раз')
    await desk.until(() => desk.texts.length === 1)
    await desk.say({ kind: 'may-hand' })
    await page.locator('.said li', { hasText: 'передати' }).getByRole('button', { name: 'Так' }).click()
    await desk.until(() => desk.heardA('hand'))
    await desk.end.handTo(other.end)
    await other.accept()
    await write(page, 'два')
    await other.until(() => other.texts.includes('два'))
    await other.say({ kind: 'text', text: 'я вже тут' })
    await eventually(async () => (await said(page)).at(-1), 'я вже тут')
    expect(other.texts).toEqual(['два'])
    await other.close()
    await title(page, 'Розмову закінчено')
    await other.end.call({ ask: 'end' })
    await visit.close()
  })

  test('the counsellor ends it: nothing of it stays on the screen', async () => {
    const visit = await house.visit()
    const page = await joined(visit)
    await write(page, 'остання фраза')
    await desk.until(() => desk.texts.length === 1)
    await desk.close()
    await title(page, 'Розмову закінчено')
    expect(await page.content()).not.toContain('остання фраза')
    await visit.close()
  })

  test('she ends it: it is over on the other side at once', async () => {
    const visit = await house.visit()
    const page = await joined(visit)
    await page.locator('summary', { hasText: 'Ще' }).click()
    await tap(page, 'Закінчити розмову')
    await tap(page, 'Так, закінчити')
    await title(page, 'Розмову закінчено')
    await desk.until(() => desk.isOver)
    await visit.close()
  })
})

describe('a bad network', () => {
  test('H13: while it is gone a message is said to have failed; back again nothing is lost, nothing doubled', async () => {
    const cord = await wire(house.url)
    const visit = await house.visit({ go: false, stub: false })
    const { page } = visit
    await page.goto(cord.url)
    await everything(page)
    await joined(visit)
    await write(page, 'до')
    await desk.until(() => desk.texts.length === 1)
    cord.cut()
    await page.getByText('Зв’язку немає. З’єднаємося самі').waitFor()
    for (const text of ['під час 1', 'під час 2']) await write(page, text)
    await desk.say({ kind: 'text', text: 'звідти' })
    await page.getByRole('button', { name: 'Не надіслано' }).first().waitFor({ timeout: 20_000 })
    cord.mend()
    await page.getByRole('button', { name: 'Не надіслано' }).first().click()
    await desk.until(() => desk.texts.length === 3)
    await eventually(() => said(page), ['до', 'під час 1', 'під час 2', 'звідти'])
    await write(page, 'після')
    await desk.until(() => desk.texts.length === 4)
    expect(desk.texts).toEqual(['до', 'під час 1', 'під час 2', 'після'])
    await eventually(async () => (await marks(page)).at(-1), 'дійшло')
    cord.close()
    await visit.close()
  })

  test('where lines are blocked, the same frames go by exchanges', async () => {
    const visit = await house.visit({ go: false })
    const { page } = visit
    await page.addInitScript(() => {
      window.WebSocket = class extends EventTarget {
        onclose: ((event: object) => void) | null = null
        constructor() {
          super()
          setTimeout(() => this.onclose?.({ code: 1006 }), 10)
        }
        close() {}
      } as never
    })
    await page.goto(house.url)
    await everything(page)
    await joined(visit)
    await write(page, 'крізь стіну')
    await desk.until(() => desk.texts.includes('крізь стіну'))
    await desk.say({ kind: 'text', text: 'чую' })
    await eventually(() => said(page), ['крізь стіну', 'чую'])
    await visit.close()
  })
})

describe('a code', () => {
  const codeWords = (language: string): string[] =>
    (JSON.parse(readFileSync(join(ROOT, `locales/${language}/talk.json`), 'utf8')) as { codeWords: string }).codeWords.split(' ')

  const makeCode = async (page: Page, hours = '24'): Promise<string> => {
    await tap(page, 'Код, щоб повернутися, якщо зв’язок пропаде')
    await page.locator('#screen select').selectOption(hours)
    const digits = (await page.locator('.code').textContent()) ?? ''
    const words = (await page.locator('.code ~ p:last-child').textContent()) ?? ''
    await tap(page, 'Код у мене є')
    const typed = page.getByLabel('Введіть код ще раз')
    await typed.fill('0000 0000 0000 0000')
    await tap(page, 'Зберегти')
    await page.getByText('Це ще не той код').waitFor()
    await typed.fill(digits)
    await tap(page, 'Зберегти')
    await title(page, 'Розмова')
    return words
  }

  const comeBack = async (page: Page, code: string): Promise<void> => {
    await toTalk(page)
    await tap(page, 'У мене є код повернення')
    await page.getByLabel('Ваш код').fill(code)
    await tap(page, 'Знайти')
  }

  test('H6: typed once again, it leads back to the talk from another browser, by its words, for as long as she chose; the old page is told', async () => {
    const visit = await house.visit()
    const page = await joined(visit, { text: 'перше', agreed: 'ромашка', duress: 'борщ' })
    await write(page, 'важливе')
    await desk.until(() => desk.texts.length === 1)
    const words = await makeCode(page, '1')
    await desk.until(() => desk.heardA('mailbox'))
    await page.waitForTimeout(1500)
    const elsewhere = await house.visit()
    // Somebody else's phone, in another language than the words are in.
    const [theirs, others] = [codeWords('uk'), codeWords('en')]
    const translated = words.split(' ').map((word) => others[theirs.indexOf(word)] ?? '?')
    await comeBack(elsewhere.page, translated.join('').toUpperCase())
    await title(elsewhere.page, 'Ваша розмова тут')
    expect(await said(elsewhere.page)).toEqual(['важливе'])
    await tap(elsewhere.page, 'Далі, і людина зможе прочитати, що було')
    await title(page, 'Розмова триває на іншому пристрої')
    expect(await desk.accept()).toMatchObject({ again: true, word: 'ромашка', before: [{ mine: true, text: 'важливе' }] })
    await title(elsewhere.page, 'Розмова')
    await write(elsewhere.page, 'я знову тут')
    await desk.until(() => desk.texts.includes('я знову тут'))
    // The word that turns her side harmless came back with her.
    await elsewhere.page.getByRole('button', { name: 'борщ' }).waitFor()
    const kept = () => elsewhere.requests.flatMap((request) => /"ask":"keep".*"hours":(\d+)/.exec(request.postData() ?? '')?.[1] ?? [])
    await expect.poll(kept).not.toEqual([])
    expect(new Set(kept())).toEqual(new Set(['1']))
    await visit.close()
    await elsewhere.close()
  })

  test('after the exit it still leads back, and to what was left for her; once deleted it leads nowhere', async () => {
    const visit = await house.visit()
    const page = await joined(visit)
    await write(page, 'повернуся')
    await desk.until(() => desk.texts.length === 1)
    const words = await makeCode(page)
    await desk.until(() => desk.heardA('mailbox'))
    await page.waitForTimeout(1500)
    await exit(page)
    await desk.until(() => desk.isOver)
    await desk.leave('чекаємо на вас завтра')
    await visit.close()
    const later = await house.visit()
    await comeBack(later.page, words)
    await title(later.page, 'Ваша розмова тут')
    expect(await said(later.page)).toEqual(['повернуся', 'чекаємо на вас завтра'])
    await tap(later.page, 'Далі, але почати наново')
    expect(await desk.accept()).toMatchObject({ again: true, before: [] })
    await title(later.page, 'Розмова')
    await later.page.locator('summary', { hasText: 'Ще' }).click()
    await tap(later.page, 'Закінчити розмову')
    await tap(later.page, 'Так, закінчити')
    await title(later.page, 'Розмову закінчено')
    await tap(later.page, 'Покликати людину')
    await tap(later.page, 'У мене є код повернення')
    await later.page.getByLabel('Ваш код').fill(words)
    await tap(later.page, 'Знайти')
    await later.page.getByText('Під таким кодом нічого немає').waitFor()
    await later.close()
  })

  test('H2: nobody on shift and hours published: she reads when somebody will be, and that her code ends before', async () => {
    await desk.end.call({ ask: 'break', on: true })
    const { page, close } = await house.visit()
    // Six hours a week, four days from now, whatever the day and whatever the zone of this machine.
    const hours = [{ country: 'UA', days: [DAYS[new Date(Date.now() + 4 * DAY_MS).getUTCDay()]], from: '12:00', to: '18:00' }]
    await page.route('**/t', async (route) => {
      const answer = await route.fetch()
      const said = await answer.json()
      await route.fulfill({ response: answer, json: 'shifts' in said ? { ...said, hours } : said })
    })
    await toTalk(page)
    const when = await page
      .getByText(/Зараз на зміні нікого немає\. Найближчий час, коли тут відповідають: (нд|пн|вт|ср|чт|пт|сб), \d\d:00–\u2060\d\d:00/)
      .textContent()
    await tap(page, 'Зберегти запит під кодом')
    await page.getByText(when ?? '').waitFor()
    await keepRequest(page)
    await page.getByText(/^Найближчий час, коли тут відповідають: /).waitFor()
    await page.getByText('Код перестане діяти раніше').waitFor()
    expect(await page.locator('.calls a').count()).toBeGreaterThan(0)
    await desk.end.call({ ask: 'break', on: false })
    await close()
  })

  test('H2: nobody on shift, her request waits under her code and goes out with one tap', async () => {
    await desk.end.call({ ask: 'break', on: true })
    const visit = await house.visit()
    const { page } = visit
    await toTalk(page)
    await page.getByText('Зараз на зміні нікого немає').waitFor()
    await tap(page, 'Зберегти запит під кодом')
    await page.getByLabel('Кілька слів').fill('коли хтось буде')
    const digits = await keepRequest(page)
    await visit.close()
    const later = await house.visit()
    await comeBack(later.page, digits)
    await title(later.page, 'Ваш запит тут')
    // Still nobody: it stays where it is.
    await tap(later.page, 'Надіслати запит зараз')
    await later.page.getByRole('alert').waitFor()
    await desk.end.call({ ask: 'break', on: false })
    await tap(later.page, 'Надіслати запит зараз')
    expect(await desk.accept()).toMatchObject({ text: 'коли хтось буде', again: false })
    await title(later.page, 'Розмова')
    await later.close()
  })
})

describe('somebody beside her', () => {
  test.each(['typed', 'tapped'])('the word %s turns the screen harmless in the same frame, and the counsellor is told', async (how) => {
    const visit = await house.visit()
    const page = await joined(visit, { duress: 'Борщ' })
    await write(page, 'таємниця-7341')
    await desk.until(() => desk.texts.length === 1)
    if (how === 'typed') await page.getByLabel('Ваше повідомлення').fill(' борщ! ')
    const button = how === 'typed' ? page.locator('main form .main') : page.getByRole('button', { name: 'Борщ' })
    const after = await button.evaluate((one: HTMLElement) => {
      one.click()
      return { step: document.getElementById('screen')?.dataset.step, html: document.body.innerHTML }
    })
    expect(after.step).toBe('safe-screen')
    for (const trace of ['таємниця-7341', 'Борщ', 'борщ', 'meanwhile']) expect(after.html).not.toContain(trace)
    await desk.until(() => desk.heardA('duress'))
    expect(desk.texts).toEqual(['таємниця-7341'])
    await desk.say({ kind: 'text', text: 'не пишіть' })
    await page.waitForTimeout(1500)
    expect(await page.content()).not.toContain('не пишіть')
    // Nothing leads back to it from this page.
    await press(page, 'back-to-start')
    expect(await page.locator('#meanwhile').count()).toBe(0)
    await toTalk(page)
    await visit.close()
  })

  test('H12, E9: the exit empties the page in the same frame and tells only "left"; nothing she wrote is anywhere', async () => {
    const visit = await house.visit()
    const { page, context, requests } = visit
    const sent = watched(visit)
    await joined(visit, { text: 'мітка-перша', agreed: 'мітка-слово', duress: 'мітка-борщ' })
    await write(page, 'мітка-друга')
    await desk.until(() => desk.texts.length === 1)
    await page.getByLabel('Ваше повідомлення').fill('мітка-ненадіслана')
    await page.waitForTimeout(600)
    const stored = await page.evaluate(async () => ({
      cookie: document.cookie,
      local: localStorage.length,
      session: sessionStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      rows: history.length,
      state: history.state as unknown,
      title: document.title,
      open: [...document.querySelectorAll('main input, main textarea, main select, main form')].filter(
        (one) => one.getAttribute('autocomplete') !== 'off' || one.hasAttribute('name'),
      ).length,
    }))
    const house0 = { cookie: '', local: 0, session: 0, databases: 0, caches: 0, state: null, open: 0 }
    expect(stored).toMatchObject(house0)
    expect(stored.title).not.toMatch(/[Рр]озмов/)
    const left = await page.evaluate(() => {
      document.querySelector<HTMLElement>('a.exit')?.click()
      return document.body.textContent
    })
    expect(left).not.toContain('мітка')
    await desk.until(() => desk.isOver)
    expect(desk.heard.map(({ kind }) => kind).filter((kind) => kind !== 'seen')).toEqual(['text'])
    expect(sent()).not.toContain('мітка')
    expect(sent()).not.toContain(Buffer.from('мітка').toString('base64url').slice(0, 10))
    const ours = requests.filter((request) => new URL(request.url()).host === house.host)
    for (const request of ours) expect(new URL(request.url()).pathname).toMatch(/^\/(t|a\/[0-9a-f]{8}\.(js|css|json|txt))?$/)
    expect(await context.cookies()).toEqual([])
    await visit.close()
  })
})

describe('for eyes and hands of every kind', () => {
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

  /** What axe finds, and what hangs out of the page or under the bar. */
  const faults = async (page: Page): Promise<string[]> => {
    await page.evaluate(axe)
    return page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(root: Document, options: object): Promise<AxeResults> } }
      const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
      const wide = document.documentElement.scrollWidth > innerWidth ? [`${document.documentElement.scrollWidth} px wide`] : []
      const exit = document.querySelector('a.exit')?.getBoundingClientRect()
      const at = exit && document.elementFromPoint(exit.x + exit.width / 2, exit.y + exit.height / 2)
      return [
        ...violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
        ...wide,
        ...(at?.closest('a.exit') ? [] : ['the exit is covered']),
      ]
    })
  }

  test.each([
    { colorScheme: 'light' as const, size: '100%' },
    { colorScheme: 'dark' as const, size: '200%' },
  ])('P4: every screen of the talk in 320 px, $colorScheme, letters at $size', async ({ colorScheme, size }) => {
    const visit = await house.visit({ colorScheme, bypassCSP: true })
    const { page } = visit
    const found: string[] = []
    const look = async (screen: string) => {
      await page.evaluate((letters) => {
        document.documentElement.style.fontSize = letters
      }, size)
      found.push(...(await faults(page)).map((fault) => `${screen}: ${fault}`))
    }
    await toTalk(page)
    await page.getByText('Черги немає').waitFor()
    await look('before')
    await tap(page, 'У мене є код повернення')
    await look('comeback')
    await page.locator('main').getByRole('button', { name: 'Назад' }).click()
    await tap(page, 'Так, далі')
    await page.locator('summary', { hasText: 'Два слова' }).click()
    await page.getByLabel('Слово на випадок').fill('борщ')
    await look('ask')
    await tap(page, 'Надіслати')
    await title(page, 'Кличемо людину')
    await look('waiting')
    await tap(page, 'Читати далі')
    await page.locator('#meanwhile').waitFor()
    await look('reading')
    await desk.accept()
    await page.locator('#meanwhile button').click()
    await title(page, 'Розмова')
    await write(page, 'довгеслово'.repeat(12))
    await desk.say({ kind: 'question', text: 'Що зараз?', answers: ['діти', 'дім'] })
    await desk.say({ kind: 'ask-word' })
    await page.getByLabel('Яке наше умовне слово?').waitFor()
    await page.locator('summary', { hasText: 'Ще' }).click()
    await look('talk')
    await tap(page, 'Іншу людину, будь ласка')
    await look('another')
    await tap(page, 'Повернутися до розмови')
    await tap(page, 'Код, щоб повернутися, якщо зв’язок пропаде')
    await look('code')
    await tap(page, 'Код у мене є')
    await look('code again')
    await tap(page, 'Не зараз')
    await desk.close()
    await title(page, 'Розмову закінчено')
    await look('over')
    expect(found).toEqual([])
    await visit.close()
  })

  test('the talk is a polite log, the title has the focus, and a message is written and sent by keys alone', async () => {
    const visit = await house.visit()
    const page = await joined(visit)
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('title')
    expect(await page.locator('[role=log]').getAttribute('aria-live')).toBe('polite')
    for (let tabs = 0; tabs < 5 && (await page.evaluate(() => document.activeElement?.nodeName)) !== 'TEXTAREA'; tabs += 1)
      await page.keyboard.press('Tab')
    await page.keyboard.type('самими клавішами')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await desk.until(() => desk.texts.includes('самими клавішами'))
    expect(await page.evaluate(() => document.activeElement?.nodeName)).toBe('TEXTAREA')
    await visit.close()
  })
})

describe('elsewhere', () => {
  test('without script the page says what the talk needs, and has the lines', async () => {
    const { page, close } = await house.visit({ javaScriptEnabled: false })
    await press(page, 'trust')
    await page.waitForSelector('#screen[data-step=trust]')
    await press(page, 'write-here')
    await page.waitForSelector('#screen[data-step=counsellor-talk]')
    expect(await page.textContent('main')).toContain('JavaScript')
    expect(await page.locator('a.call').count()).toBe(1)
    await close()
  })

  test('nothing of it is loaded before a person is asked for', async () => {
    const { page, requests, close } = await house.visit()
    await press(page, 'trust')
    const before = requests.length
    await press(page, 'write-here')
    await title(page, 'Написати людині')
    const asked = requests.slice(before).map((request) => `${request.resourceType()} ${new URL(request.url()).pathname.slice(0, 3)}`)
    expect(asked.sort()).toEqual(['fetch /a/', 'fetch /a/', 'fetch /t', 'stylesheet /a/'])
    await close()
  })
})
