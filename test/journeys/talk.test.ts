/** The visitor's side of a sealed talk, in a real browser against the real Worker; at the other end a counsellor with real keys. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keysFile } from '../../scripts/bot/keys.ts'
import { type Counsellor, Organisation } from './counsellor.ts'
import { type House, openHouse, type Visit } from './house.ts'
import { pressExit } from './leaving.ts'
import { press } from './walk.ts'

let house: House
let organisation: Organisation
let desk: Counsellor

beforeAll(async () => {
  organisation = await Organisation.found()
  const keys = keysFile(join(mkdtempSync(join(tmpdir(), 'keys-')), 'keys.json'), Math.floor(Date.now() / 1000))
  house = await openHouse({ vars: { ...organisation.vars, BOT_KEYS: keys } })
  organisation.fetch = (url, init) => house.server.fetch(url, init)
  desk = await organisation.comes('c-1')
})

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

describe('a talk', () => {
  test('H1, H13: is asked for, waited for, accepted, and goes both ways with true marks', async () => {
    const visit = await house.visit()
    const { page } = visit
    await toTalk(page)
    await page.getByText('Можуть відповісти одразу').waitFor()
    await tap(page, 'Так, далі')
    await page.getByLabel('Кілька слів').fill('перше')
    await tap(page, 'Надіслати')
    await title(page, 'Кличемо людину')
    const first = await desk.accept()
    expect(first).toMatchObject({ text: 'перше', language: 'uk', wish: 'any', again: false })
    await title(page, 'Розмова')
    await write(page, 'я тут')
    await eventually(() => marks(page), ['надіслано'])
    await desk.until(() => desk.texts().includes('я тут'))
    await eventually(() => marks(page), ['дійшло'])
    const { epoch, n } = { epoch: 1, n: 0 }
    await desk.say({ kind: 'seen', epoch, n })
    await desk.say({ kind: 'text', text: 'я з вами' })
    await eventually(() => said(page), ['я тут', 'я з вами'])
    await eventually(() => marks(page), ['прочитано'])
    await desk.until(() => desk.heard.some(({ kind }) => kind === 'seen'))
    await visit.close()
  })
})
