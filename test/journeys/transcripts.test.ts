/** The walks of `test/transcripts`, on the web app and on the plain pages. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faulty, type Plant } from '../transcripts/faults.ts'
import { type Channel, open } from '../transcripts/players.ts'
import { replay, type Transcript, transcripts } from '../transcripts/replay.ts'
import { type House, openHouse, ROOT } from './house.ts'

const LOCALES: Record<string, string> = { uk: 'uk-UA', ru: 'ru-RU', en: 'en-GB' }
const CHANNELS: Channel[] = ['web', 'plain']
const all = transcripts()

/** Enough to show that a fault is noticed. */
const FEW = all.slice(0, 2)

let house: House

beforeAll(async () => {
  house = await openHouse()
})

afterAll(() => house.close())

async function walk(transcript: Transcript, channel: Channel, plant?: Plant): Promise<void> {
  const visit = await house.visit({
    locale: LOCALES[transcript.language] ?? transcript.language,
    javaScriptEnabled: channel === 'web',
    go: false,
  })
  try {
    await plant?.(visit.context, house.url)
    await replay(transcript, await open(channel, visit.page, house.url))
  } finally {
    await visit.close()
  }
}

describe.each(CHANNELS)('on %s', (channel) => {
  test.each(all.map((transcript) => [transcript.name, transcript] as const))('%s', async (_name, transcript) => {
    await walk(transcript, channel)
  })
})

describe.each(CHANNELS)('a fault planted in the renderer of %s', (channel) => {
  const other = channel === 'web' ? 'plain' : 'web'
  let plant: Plant

  beforeAll(async () => {
    plant = await faulty(channel, ROOT)
  })

  const wrong = channel === 'web' ? 'shows start' : 'shows safe-screen'

  test.each(FEW.map((transcript) => [transcript.name, transcript] as const))(
    'fails there and only there: %s',
    async (_name, transcript) => {
      await expect(walk(transcript, channel, plant)).rejects.toThrow(wrong)
      await expect(walk(transcript, other, plant)).resolves.toBeUndefined()
    },
  )
})
