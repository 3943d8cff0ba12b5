/** Uzbek in Cyrillic: pairs as both spellings are printed in dictionaries, and what must stay as it is. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cyrillic } from '../../guide/uzbek.ts'

describe('Uzbek in Cyrillic', () => {
  test.each([
    ['O‘zbekiston', 'Ўзбекистон'],
    ['o‘zbekcha', 'ўзбекча'],
    ['yordam', 'ёрдам'],
    ['yo‘l', 'йўл'],
    ['yo‘q', 'йўқ'],
    ['ishonch telefoni', 'ишонч телефони'],
    ['zo‘ravonlik', 'зўравонлик'],
    ['sog‘liq', 'соғлиқ'],
    ['bog‘cha', 'боғча'],
    ['eshik', 'эшик'],
    ['ertaga', 'эртага'],
    ['kerak', 'керак'],
    ['poema', 'поэма'],
    ['yer', 'ер'],
    ['yetti', 'етти'],
    ['ayol', 'аёл'],
    ['oila', 'оила'],
    ['yurak', 'юрак'],
    ['yaxshi', 'яхши'],
    ['chiqish', 'чиқиш'],
    ['hamshira', 'ҳамшира'],
    ['himoya orderi', 'ҳимоя ордери'],
    ['xavfsizlik', 'хавфсизлик'],
    ['ma’lumot', 'маълумот'],
    ['san’at', 'санъат'],
    ['Is’hoq', 'Исҳоқ'],
    ['huquq', 'ҳуқуқ'],
    ['jabrlanuvchi', 'жабрланувчи'],
    ['mahalla', 'маҳалла'],
    ['Toshkent', 'Тошкент'],
    ['Farg‘ona', 'Фарғона'],
    ['TOSHKENT', 'ТОШКЕНТ'],
    ['SHAHAR', 'ШАҲАР'],
    ['Shahar', 'Шаҳар'],
    ['aytsa', 'айтса'],
    ['qo‘rqitsa', 'қўрқитса'],
    ['o‘tsa ham', 'ўтса ҳам'],
    ['ahamiyatsiz', 'аҳамиятсиз'],
    ['militsiya', 'милиция'],
    ['Reabilitatsiya', 'Реабилитация'],
    ['korreksiya', 'коррекция'],
    ['infeksiyalar', 'инфекциялар'],
    ['kompyuterdan', 'компьютердан'],
    ['sentabr', 'сентябрь'],
    ['1-sentabrdan', '1-сентябрдан'],
    ['dekabrdagi', 'декабрдаги'],
    ['Oktabr', 'Октябрь'],
    ['noyabr', 'ноябрь'],
  ])('%s is %s', (latin, wanted) => {
    expect(cyrillic(latin)).toBe(wanted)
  })

  test('any of the apostrophes that keyboards write is understood', () => {
    for (const one of ["o'zbek", 'o`zbek', 'oʻzbek', 'o‘zbek', 'o’zbek']) expect(cyrillic(one)).toBe('ўзбек')
    expect(cyrillic("ma'lumot")).toBe('маълумот')
  })

  test('tokens, addresses, numbers and names of other languages stay', () => {
    expect(cyrillic('Qo‘ng‘iroq: {{tel:uz-helpline-1146}} yoki https://example.uz/yordam')).toBe(
      'Қўнғироқ: {{tel:uz-helpline-1146}} ёки https://example.uz/yordam',
    )
    const kept = [
      'WhatsApp, Facebook, 1146, @nemolchi',
      'techsafety.org, yak.dslua.org',
      'Türkmençe, English',
      'Take It Down, Wi-Fi, Shift',
    ]
    for (const one of kept) expect(cyrillic(one)).toBe(one)
    expect(cyrillic('IP-manzil yo‘q.Tamom')).toBe('IP-манзил йўқ.Тамом')
  })

  test('never throws, never touches a token, and does nothing the second time', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const once = cyrillic(`${before} {{tel:uz-1146}} ${after}`)
        expect(once).toContain('{{tel:uz-1146}}')
        expect(cyrillic(once.replace(/[A-Za-z‘’'`ʻʼ]/g, ''))).toBe(once.replace(/[A-Za-z‘’'`ʻʼ]/g, ''))
      }),
    )
  })
})
