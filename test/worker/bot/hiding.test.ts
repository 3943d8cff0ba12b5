/** When the live message hides itself is hers to choose, and the choice is kept no longer than she is. */
import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { botSay, type Key } from '../../../worker/bot/words.ts'
import { LONGEST_SECONDS } from '../../../worker/store/hiding.ts'
import { chat, counted, openHouse, telegram } from './house.ts'
import { MIDNIGHT, MINUTE, rowsOf, Timed } from './timed.ts'

let timed: Timed

const uk = (key: Key) => botSay('uk', key)
const chosen = (key: Key) => botSay('uk', 'hidingNow', { choice: uk(key) })
const shown = () => telegram.of(chat).length

openHouse()
beforeEach(async () => {
  timed = new Timed()
  await timed.says('/start')
})

async function choose(label: Key): Promise<void> {
  await timed.says('/privacy')
  await timed.taps(uk('hiding'))
  await timed.taps(uk(label))
}

describe('one tap from the card', () => {
  it.each(['button', 'command'])('reached by %s, each choice says what it brings', async (way) => {
    if (way === 'button') await timed.taps(uk('card'))
    else await timed.says('/privacy')
    expect(timed.live?.text).toContain(chosen('hidingQuarter'))
    await timed.taps(uk('hiding'))
    for (const one of ['hidingFive', 'hidingQuarter', 'hidingHour', 'hidingNever'] as const) {
      expect(timed.live?.buttons.map(({ text }) => text)).toContain(uk(one))
      expect(timed.live?.text).toContain(uk(one))
      expect(timed.live?.text).toContain(uk(`${one}Brings`))
    }
    expect(timed.live?.text).toContain(uk('hidingEnds'))
  })

  it('back leads to the card, which says what is chosen, then to where she was', async () => {
    const before = timed.live?.text
    await choose('hidingFive')
    expect(timed.live?.text).toContain(chosen('hidingFive'))
    await timed.taps('Назад')
    expect(timed.live?.text).toContain(uk('cardTitle'))
    expect(timed.live?.text).toContain(chosen('hidingFive'))
    await timed.taps('Назад')
    expect(timed.live?.text).toBe(before)
    expect(shown()).toBe(1)
  })
})

describe.each(['with the bot awake', 'with the bot fallen asleep between all her taps'])('%s', (how) => {
  const pause = async () => void (how.includes('asleep') && (await timed.evict()))
  const chooses = async (label: Key) => {
    await timed.says('/privacy')
    await pause()
    await timed.taps(uk('hiding'))
    await pause()
    await timed.taps(uk(label))
    await pause()
  }

  it.each([
    ['hidingFive', 5],
    ['hidingQuarter', 15],
    ['hidingHour', 60],
  ] as const)('%s: hides %i quiet minutes after whatever she does next, not before', async (label, minutes) => {
    await chooses(label)
    await timed.alarmIn(minutes - 1)
    expect(shown()).toBe(1)
    await timed.taps('Назад')
    await pause()
    await timed.alarmIn(minutes - 1)
    expect(shown()).toBe(1)
    await timed.says('/menu')
    await pause()
    await timed.alarmIn(minutes - 1)
    expect(shown()).toBe(1)
    await timed.alarmIn(2)
    expect([shown(), await rowsOf()]).toEqual([0, []])
  })

  it('not by itself: nothing is hidden, and her row is gone after 20 minutes all the same', async () => {
    await chooses('hidingNever')
    for (let minute = 0; minute < 19; minute += 1) await timed.alarmIn(1)
    expect([shown(), (await timed.remembered())?.hiding]).toEqual([1, 'never'])
    await timed.alarmIn(2)
    expect([shown(), await timed.remembered()]).toEqual([1, null])
    await timed.taps(uk('hide'))
    expect(shown()).toBe(0)
  })

  it('is remembered when she opens the screen again, in one trip to the store each time', async () => {
    await chooses('hidingHour')
    const count = counted()
    await timed.evict()
    await timed.says('/privacy')
    await pause()
    await timed.taps(uk('hiding'))
    expect(count.trips).toBe(2)
    expect(timed.live?.text).toContain(chosen('hidingHour'))
  })
})

describe('the choice', () => {
  it.each([
    ['hidingFive', 20],
    ['hidingQuarter', 20],
    ['hidingHour', 65],
    ['hidingNever', 20],
  ] as const)('%s: the row lives %i minutes after the last touch, to a whole minute', async (label, minutes) => {
    timed.now += 7
    await choose(label)
    const [row] = await rowsOf()
    expect(row?.expires_at).toBe(Math.ceil(timed.now / MINUTE) * MINUTE + minutes * MINUTE)
    expect(minutes * MINUTE).toBeLessThanOrEqual(LONGEST_SECONDS)
  })

  it.each([
    ['Hide', () => timed.taps(uk('hide'))],
    ['stop', () => timed.says('стоп')],
    ['an hour of quiet', () => timed.alarmIn(61)],
  ])('goes with the row: after %s the next visit hides as if nothing was chosen', async (_what, leave) => {
    await choose('hidingHour')
    await leave()
    expect(await rowsOf()).toEqual([])
    await timed.says('/start')
    await timed.taps(uk('card'))
    expect(timed.live?.text).toContain(chosen('hidingQuarter'))
    await timed.alarmIn(16)
    expect(shown()).toBe(0)
  })

  it('goes when the message hid itself, though the bot was awake all the while', async () => {
    await choose('hidingFive')
    await timed.alarmIn(6)
    expect(shown()).toBe(0)
    await timed.says('/privacy')
    expect(timed.live?.text).toContain(chosen('hidingQuarter'))
    await timed.alarmIn(6)
    expect(shown()).toBe(1)
  })

  it('does not come back from a row that has expired and was not swept', async () => {
    await choose('hidingNever')
    timed.now += 21 * MINUTE
    await timed.evict()
    await timed.taps('Назад')
    expect(timed.live?.text).toContain(chosen('hidingQuarter'))
    await timed.alarmIn(16)
    expect(shown()).toBe(0)
  })

  it('of one is nothing to another', async () => {
    await choose('hidingNever')
    const other = new Timed(timed.now, chat + 100_000)
    await other.says('/start')
    await other.alarmIn(16)
    expect([telegram.of(chat + 100_000).length, shown()]).toEqual([0, 1])
  })

  it.each([
    ['taps half an hour later', 30, () => timed.taps('Назад')],
    ['types almost an hour later', 55, () => timed.says('/menu')],
  ])('holds over midnight, though the bot slept, when she %s', async (_what, minutes, act) => {
    await timed.taps(uk('hide'))
    timed = new Timed(MIDNIGHT - 10 * MINUTE)
    await timed.says('/start')
    await choose('hidingHour')
    await timed.evict()
    timed.now += minutes * MINUTE
    await act()
    expect(await rowsOf()).toMatchObject([{ hiding: 2 }])
    await timed.alarmIn(59)
    expect(shown()).toBe(1)
    await timed.alarmIn(2)
    expect(shown()).toBe(0)
  })

  it('that could not be kept is not claimed', async () => {
    await timed.taps(uk('card'))
    await timed.taps(uk('hiding'))
    await env.DB.prepare('ALTER TABLE chat RENAME TO away').run()
    await timed.taps(uk('hidingNever'))
    expect(timed.live?.text).toContain(uk('hidingLost'))
    expect(timed.live?.text).toContain(chosen('hidingQuarter'))
    await env.DB.prepare('ALTER TABLE away RENAME TO chat').run()
    await timed.taps('Назад')
    expect(timed.live?.text).toContain(chosen('hidingQuarter'))
  })
})
