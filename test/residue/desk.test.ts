/** Nothing of a shift stays on a counsellor's disk: neither what was said nor a key, looked for beside a leaky page whose every trace must be found. Her passkey is the authenticator's. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { turned } from '../../crypto/keeping.ts'
import { organise } from '../journeys/counsellor.ts'
import { NOW } from '../worker/talk/ends.ts'
import { CHROMIUM, type Passkey } from './chromium/chromium.ts'
import { shift } from './desk.ts'
import { clean } from './gone.ts'
import { type House, NEUTRAL_NAME, openHouse } from './house.ts'
import { type DeskLeaving, leave } from './leaving.ts'

const ENDINGS: DeskLeaving[] = ['locked', 'shift-ended', 'killed']
const HOST = `d${randomBytes(8).toString('hex')}.test`

let house: House
const passkeys = new Map<DeskLeaving, Passkey>()

beforeAll(async () => {
  const organisation = await organise(`https://${HOST}`)
  house = await openHouse({ ...organisation.vars, BOT_KEYS: turned('', NOW()) })
  organisation.at(house)
  for (const [n, ending] of ENDINGS.entries()) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const user = `c-${n + 1}`
    passkeys.set(ending, { rpId: HOST, user, privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }) })
    await organisation.knows({ sid: user, passkey: { spki: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })) } })
  }
})

afterAll(() => house.close())

/** How many wait or have written stands in the tab, and nothing else. */
const TITLES = [NEUTRAL_NAME, ...Array.from({ length: 9 }, (_, n) => `(${n + 1}) ${NEUTRAL_NAME}`), HOST]

test.concurrent.each(ENDINGS)(
  'RES-8: a shift with a talk both ways, ended in the middle of typing (%s), leaves neither a word nor a key',
  async (ending) => {
    await house.withPhone(
      'web',
      CHROMIUM,
      async (phone) => {
        const tab = phone.browser.first
        await phone.leak()
        await shift(phone, house.url, passkeys.get(ending) as Passkey)
        await phone.settle()
        expect(phone.seen.count('typed')).toBe(4)
        expect(phone.seen.count('key')).toBeGreaterThan(20)
        if (ending === 'locked') await tab.press('#lock')
        else if (ending === 'shift-ended') {
          await tab.press('#end-shift')
          await tab.press('#end-shift-yes')
        } else await leave(phone, ending)
        if (ending !== 'killed')
          await tab.until((sought) => document.querySelector(sought) !== null, ending === 'locked' ? '#unlock' : '#start')
        await clean(phone, ending, { titles: TITLES, least: 150 })
      },
      HOST,
    )
  },
)
