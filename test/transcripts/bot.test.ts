/** The walks of this folder on the bot, and a fault in its renderer that only the bot's walks notice. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { launch } from '../../scripts/browser.ts'
import { type House, openHouse, ROOT } from '../bot/house.ts'
import { faultyBot } from './bot-fault.ts'
import { type Channel, open } from './players.ts'
import { replay, type Transcript, transcripts } from './replay.ts'

const all = transcripts()

/** Enough to show that a fault is noticed. */
const FEW = all.slice(0, 2).map((transcript) => [transcript.name, transcript] as const)

async function walk(house: House, transcript: Transcript): Promise<void> {
  await replay(transcript, await house.visit({ language_code: transcript.language }))
}

describe('on the bot', () => {
  let house: House
  beforeAll(async () => {
    house = await openHouse()
  }, 60_000)
  afterAll(() => house.close())
  afterEach(() => house.clean())

  test.each(all.map((transcript) => [transcript.name, transcript] as const))('%s', (_name, transcript) => walk(house, transcript))
})

describe('a fault planted in the renderer of the bot', () => {
  let house: House
  let remove: () => void
  beforeAll(async () => {
    const planted = faultyBot(ROOT)
    remove = planted.remove
    house = await openHouse({ root: planted.root })
  }, 60_000)
  afterAll(async () => {
    await house.close()
    remove()
  })

  test.each(FEW)('fails there and only there: %s', async (_name, transcript) => {
    await expect(walk(house, transcript)).rejects.toThrow('shows safe-screen')
    const browser = await launch()
    try {
      for (const channel of ['web', 'plain'] satisfies Channel[]) {
        const context = await browser.newContext({ locale: transcript.language, javaScriptEnabled: channel === 'web' })
        await expect(
          open(channel, await context.newPage(), house.url).then((player) => replay(transcript, player)),
        ).resolves.toBeUndefined()
        await context.close()
      }
    } finally {
      await browser.close()
    }
  })
})
