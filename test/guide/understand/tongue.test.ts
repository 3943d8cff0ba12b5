/** A text is held against the limits of the tongue it is written in, whatever page it was typed on. */
import { describe, expect, test } from 'vitest'
import { tongueOf } from '../../../guide/understand/tongue.ts'
import { understand } from '../../../guide/understand/understand.ts'
import { load } from '../../../scripts/understand/load.ts'

describe('which tongue', () => {
  test.each([
    ['він мене б’є', 'uk', 'own'],
    ['він мене б’є', 'ru', 'own'],
    ['вы мне поможете', 'uk', 'russian'],
    ['помогите', 'uk', 'own'],
    ['помогите', 'ru', 'russian'],
    ['күйеуім ұрды', 'ru', 'own'],
    ['мен қорқамын, ыстық', 'kk', 'own'],
    ['менің күйеуім', 'kk', 'own'],
    ['pomogite', 'ru', 'russian'],
    ['', 'uk', 'own'],
  ] as const)('%s on a page in %s: %s', (text, page, tongue) => expect(tongueOf(text, false, page)).toBe(tongue))
  test('what reads as English is English on any page', () => expect(tongueOf('help me', true, 'uk')).toBe('english'))
})

test('each tongue has limits of its own', () => {
  const model = load(process.cwd(), 'phone').model('UA')
  const setting = { language: 'uk', country: 'UA' } as const
  const { own, russian } = model.head.limits
  const hushed = { ...own, crisis: 2 }
  const deaf = (limits: object) => ({ ...model, head: { ...model.head, limits: { ...model.head.limits, ...limits } } })
  const [ukrainian, inRussian] = [
    'чоловік зараз ламає двері, у нього ніж',
    'муж сейчас ломает дверь, у него нож, быстрее вызовите кого-нибудь, я в ванной с ребёнком',
  ]
  expect(russian).not.toEqual(own)
  expect(understand(deaf({ own: hushed }), ukrainian, setting).crisis).toBe('none')
  expect(understand(deaf({ own: hushed }), inRussian, setting).crisis).toBe('danger')
  expect(understand(deaf({ russian: hushed }), ukrainian, setting).crisis).toBe('danger')
  expect(understand(deaf({ russian: hushed }), inRussian, setting).crisis).toBe('none')
})
