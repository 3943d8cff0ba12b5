/** What is planned for what she says, wherever she stands. */
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { recover } from '../../../guide/engine.ts'
import { bookOf } from '../../../worker/books.ts'
import { answerUnasked, answerWords, languages } from '../../../worker/bot/reply.ts'
import { draw } from '../../../worker/bot/screen.ts'
import { LANGUAGES } from '../visitor.ts'

const { guide } = bookOf('UA', 'uk')
const steps = Object.keys(guide.steps)
const STOPS = ['стоп', 'Стоп.', 'стой', 'STOP', '/stop', 'тоқта', 'вийти', 'exit']
const HER_MESSAGE = 77
const said = { update: 1, chat: 1, message: HER_MESSAGE }

describe.each(LANGUAGES)('at every step, in %s', (language) => {
  const stands = () => steps.map((step) => ({ at: recover(guide, { step, trail: [guide.start], area: 'UA18' }), language }))

  it('B2: the word that leaves leads to the safe screen, and what is remembered goes', async () => {
    for (const stand of stands())
      for (const text of STOPS) {
        const plan = await answerWords({ ...said, kind: 'words', text, tongue: null }, stand, env.ASSETS)
        const { step } = stand.at
        expect(plan, step).toMatchObject({ show: { screen: 'step', language }, forget: true, remove: [HER_MESSAGE] })
        expect(plan.show?.at, step).toMatchObject({ step: 'safe-screen', trail: [], answers: {} })
      }
  })

  it('B2: the last two buttons stop and hide, on the screens of the bot itself too', () => {
    for (const { at } of stands())
      for (const screen of ['step', 'card', 'oblasts', 'tidied', 'unanswered', 'noted', 'hiding'] as const) {
        const last = draw({ screen, at, language, page: 0 }, languages, new Date()).rows.at(-1) ?? []
        expect(
          last.map(({ ask }) => ask),
          `${at.step} ${screen}`,
        ).toEqual([{ choice: 'stop' }, { action: 'hide' }])
      }
  })

  it('B8: a photo, a voice, a contact is removed, and she stays where she is', () => {
    for (const stand of stands()) {
      const plan = answerUnasked({ ...said, kind: 'unasked' }, stand)
      expect(plan).toMatchObject({ remove: [HER_MESSAGE], show: { at: stand.at, language, notice: 'refused' } })
    }
  })
})
