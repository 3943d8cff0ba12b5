/** The plain signs, and what only sounds like them. */
import { describe, expect, test } from 'vitest'
import { signIn } from '../../../guide/understand/crisis.ts'
import { spelt } from '../../../guide/understand/reading.ts'
import { soundOf } from '../../../guide/understand/sound.ts'
import { sentencesOf, tidy } from '../../../guide/understand/words.ts'

const heard = (text: string, english = false): string | null =>
  sentencesOf(tidy(text))
    .map((words) =>
      signIn(
        words.map((word) => (word.startsWith('#') ? word : english ? spelt(word) : soundOf(word))),
        english,
      ),
    )
    .find((sign) => sign !== null) ?? null

describe('B4 danger', () => {
  test.each([
    'він зараз б’є мене',
    'муж ломает дверь',
    'схопив ніж і йде до мене',
    'каже що вб’є мене',
    'спряталась в ванной',
    'вчора душив мене',
    'за мной идет какой-то мужик',
    'замкнув мене в квартирі',
    'рятуйте',
    'spasite, on idet s toporom',
    'күйеуім ұрып жатыр',
    'өлтірем дейді',
    'u meni urib yapti, o‘ldiraman deydi',
  ])('%s', (text) => expect(heard(text)).toBe('danger'))
  test.each([
    'he is hitting me right now',
    'he has a knife',
    'he says he will kill me',
    'im hiding in the closet',
    'he choked me last night',
    'help me please',
  ])('%s', (text) => expect(heard(text, true)).toBe('danger'))
})

describe('B4 suicide', () => {
  test.each([
    'не хочу жити',
    'жить не хочу',
    'хочу померти',
    'стою на мосту',
    'всем будет лучше без меня',
    'өлгім келеді',
    'наложу на себя руки',
  ])('%s', (text) => expect(heard(text)).toBe('suicide'))
  test.each(['i want to die', 'better off without me', 'i took all my pills'])('%s', (text) => expect(heard(text, true)).toBe('suicide'))
})

describe('no sign', () => {
  test.each([
    'не хочу жити з ним',
    'він мене не б’є',
    'колись він душив мене',
    'у фільмі він її вбиває ножем',
    'вбив мої мрії',
    'помогите найти жилье',
    'хочу развестись',
    'лекція про самогубство',
    'прыгнуть с парашютом',
  ])('%s', (text) => expect(heard(text)).toBeNull())
  test.each(['he doesnt hit me', 'my feet are killing me', 'he used to beat me', 'i dont want to live with him', 'help with rent'])(
    '%s',
    (text) => expect(heard(text, true)).toBeNull(),
  )
})
