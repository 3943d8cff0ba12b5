/** Every language a country speaks is read by a file that was taught it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readAsIn } from '../../../guide/understand/taught.ts'
import { openModel } from '../../../guide/understand/understand.ts'
import { COUNTRIES, SPOKEN } from '../../../schema/terms.ts'

const taught = Object.fromEntries(
  COUNTRIES.map((country) => [country, openModel(readFileSync(`guide/understand/models/${country}.txt`, 'utf8')).head.languages]),
)

test.each(COUNTRIES.flatMap((country) => SPOKEN[country].map((language) => [language, country] as const)))(
  '%s in %s',
  (language, country) => expect(taught[readAsIn(country, language)]).toContain(language.split('-')[0]),
)

test('what a country was taught is read by its own file', () => {
  expect([readAsIn('KZ', 'kk'), readAsIn('KG', 'ru'), readAsIn('UA', 'en')]).toEqual(['KZ', 'KG', 'UA'])
  expect([readAsIn('UA', 'kk'), readAsIn('KZ', 'uk')]).toEqual(['KZ', 'UA'])
})
