/** The counsellors' desk in real Chromium, with a passkey, a roster, a certificate and the real Worker; the visitor is played by the crypto library. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { toBase64url } from '../../crypto/bytes.ts'
import { codeKeys, newCode } from '../../crypto/talk/code.ts'
import type { Said } from '../../schema/said.ts'
import { type Counsellor, type DeskHouse, onShift, openDeskHouse } from './desk-house.ts'
import { Talking, until } from './talking.ts'

let house: DeskHouse

beforeAll(async () => {
  house = await openDeskHouse()
})

afterAll(() => house.close())

const asking = (words: Parameters<Talking['asks']>[0] = {}): Promise<Talking> =>
  new Talking(house.url).asks({ text: 'він знову тут', ...words })

/** Takes the talk of somebody who waits. */
async function accept({ page }: Counsellor, she: Talking): Promise<void> {
  await page.click(`[data-waiting="${she.tag}"]`)
  await page.click('#accept')
  await page.waitForSelector('#state[data-peer=here]')
  await until(() => she.epoch > 0)
}

const state = ({ page }: Counsellor): Promise<string | null> => page.getAttribute('#state', 'data-state')
const kinds = (she: Talking): Said['kind'][] => she.heard.map(({ kind }) => kind)

async function writes({ page }: Counsellor, text: string): Promise<void> {
  await page.fill('#reply', text)
  await page.click('#send')
}

describe('from the link to the end of a shift', () => {
  test('enrol, begin, read, accept, write both ways, taps, word, remove, end; and the browser keeps nothing', async () => {
    const desk = await house.at(await house.invitation())
    const { page } = desk
    expect(new URL(page.url()).hash).toBe('')
    await page.click('#make')
    await page.click('#start')
    await page.waitForSelector('#end-shift')

    const she = await asking({ topic: 'domestic-violence', text: 'він забрав паспорт', word: 'Калина' })
    await page.click(`[data-waiting="${she.tag}"]`)
    await page.click('#peek')
    await page.waitForSelector('text=він забрав паспорт')
    expect(await page.textContent('main')).toContain('violence at home')
    await page.click('#accept')
    await page.waitForSelector('#state[data-peer=here]')

    await she.says({ kind: 'text', text: 'я тут' })
    await page.waitForSelector('.hers >> text=я тут')
    await until(() => kinds(she).includes('seen'))
    await writes(desk, 'Ви можете зараз писати?')
    await until(() => she.texts().includes('Ви можете зараз писати?'))
    await page.waitForSelector('[data-mark=arrived]')
    await she.says({ kind: 'seen', epoch: she.epoch, n: 99 })
    await page.waitForSelector('[data-mark=seen]')

    await page.click('#taps')
    await page.fill('#question', 'Він поруч?')
    await page.click('#ask')
    await until(() => kinds(she).includes('question'))
    const question = await page.getAttribute('.mine:has-text("Він поруч?")', 'data-n')
    await she.says({ kind: 'answer', to: { epoch: she.epoch, n: Number(question) }, answer: 1 })
    await page.waitForSelector('.mine >> text=Answer: no')

    await page.click('#taps')
    await page.fill('#question', 'Де вам безпечніше?')
    await page.click('#choose')
    for (const [at, answer] of ['вдома', 'надворі', 'у мами'].entries()) await page.locator('dialog input').nth(at).fill(answer)
    await page.click('#ask')
    await until(() => she.heard.some((said) => said.kind === 'question' && said.answers.length === 3))

    await page.click('#word')
    await until(() => kinds(she).includes('ask-word'))
    await she.says({ kind: 'word', text: ' калина ' })
    await page.waitForSelector('text=The agreed word: right.')

    await she.says({ kind: 'text', text: 'він мене зараз вб’є, рятуйте' })
    await page.waitForSelector('.hers:has-text("рятуйте") >> text=This may speak of danger to life.')
    expect(await page.locator('[data-danger]').count()).toBe(1)

    await page.locator('.mine', { hasText: 'Ви можете' }).getByRole('button').click()
    await until(() => kinds(she).includes('remove'))
    await page.waitForSelector('.mine >> text=removed')
    expect(await page.textContent('main')).not.toContain('Ви можете')
    const n = await she.says({ kind: 'text', text: 'це зайве' })
    await page.waitForSelector('text=це зайве')
    await she.says({ kind: 'remove', which: { epoch: she.epoch, n } })
    await page.waitForSelector('text=це зайве', { state: 'detached' })

    await page.click('#end')
    await page.click('#end-yes')
    await page.waitForSelector('#state[data-state=ended]')
    await until(() => she.closed)
    await page.click('#clear')
    expect(await page.textContent('body')).not.toContain('паспорт')
    await page.click('#end-shift')
    await page.click('#end-shift-yes')
    await page.waitForSelector('#start')

    expect([desk.touched, desk.broken]).toEqual([[], []])
    const { cookies, origins } = await desk.context.storageState({ indexedDB: true })
    expect([cookies, origins]).toEqual([[], []])
    await desk.close()
  })

  test('what finds danger does not come: her words are there as ever, without a mark, and nothing breaks', async () => {
    const desk = await house.at(await house.invitation())
    const { page } = desk
    const thrown: string[] = []
    page.on('pageerror', ({ message }) => thrown.push(message))
    await page.route('**/d/*.txt', (route) => route.abort())
    await page.click('#make')
    await page.click('#start')
    await page.waitForSelector('#end-shift')
    const she = await asking({ text: 'він мене зараз вб’є' })
    await accept(desk, she)
    await she.says({ kind: 'text', text: 'рятуйте, він мене вб’є' })
    await page.waitForSelector('.hers >> text=рятуйте')
    expect([await page.locator('[data-danger]').count(), await page.locator('[role=alert]').count(), thrown]).toEqual([0, 0, []])
    she.leave()
    await desk.close()
  })

  test('a link is pasted instead of opened, whole or only its end; half of one is not taken', async () => {
    const link = await house.invitation()
    const desk = await house.at(house.desk)
    const { page } = desk
    const paste = async (text: string) => {
      await page.fill('#invitation', text)
      await page.press('#invitation', 'Enter')
    }
    await page.click('#invited summary')
    await paste(link.slice(0, -9))
    await page.waitForSelector('text=This looks like only a part of the invitation')
    await paste(link.slice(link.indexOf('#') + 1))
    await page.click('#make')
    await page.click('#start')
    await page.waitForSelector('#end-shift')
    expect([new URL(page.url()).hash, desk.touched, desk.broken]).toEqual(['', [], []])
    await desk.close()
  })

  test('a link opened where the desk stands already is taken out of the address, too', async () => {
    const desk = await house.at(house.desk)
    const link = await house.invitation()
    await desk.page.evaluate((address) => {
      location.href = address
    }, link)
    await desk.page.waitForSelector('#make')
    expect(new URL(desk.page.url()).hash).toBe('')
    await desk.close()
  })

  test('a link works once, and nobody gets in whose passkey no roster names', async () => {
    const link = await house.invitation()
    const first = await house.at(link)
    await first.page.click('#make')
    await first.page.waitForSelector('#start')
    await first.close()
    const second = await house.at(link)
    await second.page.click('#make')
    await second.page.waitForSelector('text=This link was used already')
    await second.page.goto(house.desk)
    await second.page.reload()
    await second.page.click('#start')
    await second.page.waitForSelector('text=The roster in force does not name this passkey')
    await second.close()
  })

  test('whoever reloads the desk touches the passkey twice and is on shift again', async () => {
    const desk = await onShift(house)
    await desk.page.reload()
    await desk.page.click('#start')
    await desk.page.waitForSelector('#end-shift')
    await desk.close()
  })
})

describe('what may happen to a talk', () => {
  let desk: Counsellor

  beforeAll(async () => {
    desk = await onShift(house)
  })
  afterAll(() => desk.close())

  test('she leaves: the desk says so, and nothing more can be written', async () => {
    const she = await asking()
    await accept(desk, she)
    she.leave()
    await desk.page.waitForSelector('#state[data-state=left]')
    expect(await desk.page.locator('#reply').count()).toBe(0)
    await desk.page.click('#clear')
  })

  test('a pause: her page is told, the list says so, and it ends by a tap or with the next word', async () => {
    const pauses = () => she.heard.flatMap((said) => (said.kind === 'pause' ? [said.on] : []))
    const she = await asking()
    await accept(desk, she)
    await desk.page.click('#pause')
    await desk.page.waitForSelector('[data-talk] >> text=Paused. The visitor has been told.')
    await desk.page.click('#back')
    await desk.page.click('#pause[aria-pressed=false]')
    await writes(desk, 'я знову тут')
    await until(() => she.texts().includes('я знову тут'))
    await until(() => pauses().join() === 'true,false,true,false')
    expect(await desk.page.locator('#back').count()).toBe(0)
    she.leave()
    await desk.page.waitForSelector('#state[data-state=left]')
    await desk.page.click('#clear')
  })

  test('the word for danger: "stop writing", the field is gone, and nothing on its way goes out', async () => {
    const she = await asking()
    await accept(desk, she)
    await desk.page.fill('#reply', 'почате речення')
    await she.says({ kind: 'duress' })
    await desk.page.waitForSelector('.stop >> text=Stop writing.')
    expect([await desk.page.locator('#reply').count(), await state(desk)]).toEqual([0, 'duress'])
    expect(she.texts()).toEqual([])
    // Ending it would end her code too: that is asked, and the nearest answer leaves everything as it is.
    await desk.page.click('#end')
    await desk.page.click('#end-not')
    expect([await state(desk), she.closed]).toEqual(['duress', false])
    await desk.page.click('#end')
    await desk.page.click('#end-anyway')
    await until(() => she.closed)
    await desk.page.click('#clear')
  })

  test('the word for danger comes while she is asked about ending: what she meant to end then is asked anew', async () => {
    const she = await asking()
    await accept(desk, she)
    await desk.page.click('#end')
    await she.says({ kind: 'duress' })
    await desk.page.waitForSelector('#end-not')
    expect(await desk.page.locator('#end-yes').count()).toBe(0)
    await desk.page.keyboard.press('Escape')
    expect([await state(desk), she.closed]).toEqual(['duress', false])
    she.leave()
    await desk.page.waitForSelector('#state[data-state=duress]')
    await desk.page.click('#clear')
  })

  test('the connection is gone for a while: the draft stays, what was sent arrives once, in order', { timeout: 60_000 }, async () => {
    const she = await asking()
    await accept(desk, she)
    await writes(desk, 'перше')
    await until(() => she.texts().length === 1)
    await desk.context.setOffline(true)
    await desk.page.waitForSelector('text=Connection lost', { timeout: 30_000 })
    await writes(desk, 'друге')
    await writes(desk, 'третє')
    await desk.page.fill('#reply', 'чернетка')
    await she.says({ kind: 'text', text: 'ви є?' })
    await desk.context.setOffline(false)
    await until(() => she.texts().length >= 3, 30_000)
    await desk.page.waitForSelector('.hers >> text=ви є?', { timeout: 30_000 })
    expect(she.texts()).toEqual(['перше', 'друге', 'третє'])
    expect(await desk.page.inputValue('#reply')).toBe('чернетка')
    expect(await desk.page.locator('.hers').count()).toBe(1)
    she.leave()
    await desk.page.click('#clear')
  })

  test('she asks anew: the desk says what happened, may take her again, and is told to ask for the word', async () => {
    const she = await asking({ word: 'калина' })
    await accept(desk, she)
    await she.asksAnew({ text: 'зв’язок зник', word: 'калина', before: [{ mine: true, text: 'я в під’їзді' }] })
    await desk.page.waitForSelector('#state[data-state=moved]')
    await desk.page.click('#clear')
    await accept(desk, she)
    await desk.page.waitForSelector('text=я в під’їзді')
    await desk.page.waitForSelector('#word-due')
    she.leave()
    await desk.page.click('#clear')
  })

  test('she is away and has a code: an answer is left with it, and opens with it', async () => {
    const she = await asking()
    await accept(desk, she)
    const code = await codeKeys(newCode(), she.org)
    await she.says({ kind: 'mailbox', box: toBase64url(code.box), key: toBase64url(code.mailbox.publicBytes) })
    await until(() => she.unacked.size === 0)
    she.hangUp()
    await desk.page.waitForSelector('#state[data-peer=away]', { timeout: 20_000 })
    await desk.page.fill('#reply', 'я буду тут завтра')
    await desk.page.click('#leave-reply')
    await desk.page.waitForSelector('text=The answer waits under the return code')
    expect(await desk.page.inputValue('#reply')).toBe('')
    expect(await she.replies(code)).toEqual([{ kind: 'text', text: 'я буду тут завтра' }])
    await desk.page.click('#end')
    await desk.page.click('#end-yes')
    await desk.page.click('#clear')
  })

  test('three at once and no more; on a break nobody is offered', async () => {
    const all = await Promise.all([asking(), asking(), asking(), asking()])
    for (const she of all.slice(0, 3)) await accept(desk, she)
    await desk.page.click(`[data-waiting="${all[3]?.tag}"]`)
    expect(await desk.page.locator('#accept').isDisabled()).toBe(true)
    for (const she of all) she.leave()
    await until(async () => (await desk.page.locator('[data-talk] >> text=The visitor left.').count()) === 3)
    for (const she of all.slice(0, 3)) {
      await desk.page.click(`[data-talk="${she.tag}"]`)
      await desk.page.click('#clear')
    }
    const one = new Talking(house.url)
    // Desks of tests before, closed without a word, are shown for a minute more.
    await expect.poll(() => one.people(), { timeout: 90_000 }).toBe(1)
    await desk.page.click('#rest')
    await desk.page.waitForSelector('#rest[aria-pressed=true]')
    expect(await one.people()).toBe(0)
    await desk.page.click('#rest')
    await desk.page.waitForSelector('#rest[aria-pressed=false]')
    expect(await one.people()).toBe(1)
  })
})

test('the end of a shift that is asked for while something else is being done is not lost', async () => {
  const desk = await onShift(house)
  const { page } = desk
  let goOn = (): void => {}
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  await page.route('**/api', async (route) => {
    await held
    await route.continue()
  })
  await page.click('#rest')
  await page.click('#end-shift')
  expect(await page.locator('#end-shift-yes').isDisabled()).toBe(true)
  goOn()
  await page.click('#end-shift-yes')
  await page.waitForSelector('#start')
  await desk.close()
})

test('a desk that crashed loses no talk: she asks anew, and the next shift takes her with what she lets it read', async () => {
  const first = await onShift(house)
  const she = await asking()
  await accept(first, she)
  const crashed = first.page.waitForEvent('crash')
  const cdp = await first.context.newCDPSession(first.page)
  void cdp.send('Page.crash').catch(() => {})
  await crashed
  await until(() => she.state?.peer === 'away', 30_000)
  const second = await onShift(house)
  await she.asksAnew({ text: 'вас не видно', before: [{ mine: false, text: 'я з вами' }] })
  await accept(second, she)
  await second.page.waitForSelector('text=я з вами')
  await writes(second, 'я продовжу')
  await until(() => she.texts().includes('я продовжу'))
  she.leave()
  await Promise.all([first.close(), second.close()])
})

test('a talk is handed on after she agreed, and both ends go on', async () => {
  const [one, other] = [await onShift(house), await onShift(house)]
  const she = await asking()
  await accept(one, she)
  await one.page.click('#hand')
  await one.page.locator('dialog [data-sid]').first().waitFor()
  const sids = await one.page.locator('dialog [data-sid]').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset.sid))
  await one.page.locator(`dialog [data-sid="${sids.at(-1)}"]`).click()
  await until(() => kinds(she).includes('may-hand'))
  await she.says({ kind: 'hand', yes: true })
  await one.page.waitForSelector('#handing[data-step=offered]')
  await accept(other, she)
  await one.page.waitForSelector('#state[data-state=handed]')
  await writes(other, 'тепер пишу я')
  await until(() => she.texts().includes('тепер пишу я'))
  await she.says({ kind: 'text', text: 'добре' })
  await other.page.waitForSelector('.hers >> text=добре')
  she.leave()
  await Promise.all([one.close(), other.close()])
})
