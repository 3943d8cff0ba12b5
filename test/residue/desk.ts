/** A shift at the desk, as a counsellor has it: begun with her passkey, first words looked at, a talk both ways, an answer begun. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { random as randomBytes, toBase64url } from '../../crypto/bytes.ts'
import { writeInvitation } from '../../crypto/talk/root.ts'
import { Talking, until } from '../journeys/talking.ts'
import type { Chromium, Passkey } from './chromium/chromium.ts'
import { passedSecrets } from './keys.ts'
import type { Phone } from './phone.ts'
import { noteFiles, random, read, typeIn } from './visit.ts'

const said = (JSON.parse(readFileSync(join(import.meta.dirname, '../../locales/uk/desk.json'), 'utf8')) as { word: { right: string } }).word

/** Somebody pastes an invitation, and thinks better of it: what is pasted is looked for as what is typed. */
async function invited({ browser: { first: tab }, seen }: Phone<Chromium>): Promise<void> {
  const invitation = writeInvitation({ org: 'o', sid: 'c-9', notAfter: 2_000_000_000, token: random() })
  const link = `${toBase64url(invitation)}.${toBase64url(randomBytes(64))}`
  await tab.press('#invited summary')
  await typeIn(tab, '#invitation', link, seen)
  await tab.press('#invited button')
  await tab.until((sought) => document.querySelector(sought) !== null, '#make')
  await tab.press('#make + button')
  await tab.until((sought) => document.querySelector(sought) !== null, '#start')
}

/** @param site  where the visitor's page would be */
export async function shift(phone: Phone<Chromium>, site: string, passkey: Passkey): Promise<void> {
  const { url, host, seen, front } = phone
  const tab = phone.browser.first
  const there = (selector: string) => tab.until((sought) => document.querySelector(sought) !== null, selector)
  const shows = async (text: string) => {
    await tab.until((wanted) => document.body.textContent.includes(wanted), text)
    seen.add('screen', text)
  }

  await tab.authenticate(passkey)
  await tab.open(url)
  await there('#start')
  await noteFiles(tab, seen)
  await read(tab, seen)
  await invited(phone)
  await tab.press('#start')
  await there('#end-shift')

  const [first, word] = [random(), random()]
  const she = await new Talking(site).asks({ text: first, word, topic: 'domestic-violence' })
  await there(`[data-waiting="${she.tag}"]`)
  await tab.press(`[data-waiting="${she.tag}"]`)
  await there('#peek')
  await tab.press('#peek')
  await shows(first)
  await read(tab, seen)
  await tab.press('#accept')
  await there('#state[data-peer=here]')
  await until(() => she.epoch > 0)
  await tab.press('#word')
  await until(() => she.heard.some(({ kind }) => kind === 'ask-word'))
  await she.says({ kind: 'word', text: word })
  // The desk knows it from her first words, and never shows it.
  await tab.until((right) => document.body.textContent.includes(right), said.right)
  seen.add('key', word)
  for (let n = 0; n < 2; n += 1) {
    const [hers, ours] = [random(), random()]
    await she.says({ kind: 'text', text: hers })
    await shows(hers)
    await typeIn(tab, '#reply', ours, seen)
    await tab.press('#send')
    await until(() => she.texts().includes(ours))
  }
  await read(tab, seen)
  await typeIn(tab, '#reply', random(), seen)

  for (const path of ['/api', '/line']) seen.add('code', `${host}${path}`)
  for (const [name, bytes] of Object.entries(she.secrets)) seen.key(name, bytes)
  for (const { name, bytes } of passedSecrets(front.passed)) seen.key(name, bytes)
}
