/** Forms of plain pages hold a password field that is never seen. No browser may take them for a place to sign in. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CHROMIUM } from './chromium/chromium.ts'
import { type House, openHouse } from './house.ts'
import type { Tab } from './tab.ts'
import { visit } from './visit.ts'

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

const PROMPT = 'Show password prompt'

test('E9: on plain pages the browser never offers to save a password', async () => {
  await house.withPhone('plain', CHROMIUM, async (phone) => {
    const log = await phone.browser.tab()
    await log.open('chrome://password-manager-internals')
    const prompts = () => log.read((prompt) => document.body.innerText.split(prompt).length - 1, PROMPT)
    const tab = phone.browser.first
    await visit(tab, phone.url, phone.seen, 'plain')
    const before = await prompts()
    // The same browser asks for a real one; the log is in order, so whatever was asked before stands before it.
    await signIn(tab)
    await log.until((prompt) => document.body.innerText.includes(prompt), PROMPT)
    expect([before, await prompts()]).toEqual([0, 1])
  })
})

/** Makes a page of ours into one that asks for a name and a password, and sends them. */
async function signIn(tab: Tab): Promise<void> {
  await tab.read(() => {
    const form = document.createElement('form')
    form.method = 'post'
    form.action = '/'
    for (const type of ['text', 'password']) {
      const field = document.createElement('input')
      Object.assign(field, { type, id: `a-${type}`, name: type })
      form.append(field)
    }
    const button = document.createElement('button')
    button.id = 'send'
    button.textContent = 'Send'
    form.append(button)
    document.body.replaceChildren(form)
  })
  await tab.press('#a-text')
  await tab.type('somebody')
  await tab.press('#a-password')
  await tab.type('Some-Thing-12')
  await tab.press('#send')
  await tab.until(() => document.getElementById('screen') !== null)
}
