/** Every language a country speaks is read by a file that was taught it. */
import { expect, test } from 'vitest'
import { readAsIn } from '../../../guide/understand/taught.ts'
import { COUNTRIES, SPOKEN } from '../../../schema/terms.ts'
import { DEVICES, load } from '../../../scripts/understand/load.ts'

const files = DEVICES.map((device) => load(process.cwd(), device))

test.each(COUNTRIES.flatMap((country) => SPOKEN[country].map((language) => [language, country] as const)))(
  '%s in %s',
  (language, country) => {
    const own = language.split('-')[0] as string
    for (const file of files) expect(file.model(own === 'en' ? 'EN' : readAsIn(country, language)).head.languages).toContain(own)
  },
)

test('what a country was taught is read by its own file', () => {
  expect([readAsIn('KZ', 'kk'), readAsIn('KG', 'ru'), readAsIn('UA', 'en')]).toEqual(['KZ', 'KG', 'UA'])
  expect([readAsIn('UA', 'kk'), readAsIn('KZ', 'uk')]).toEqual(['KZ', 'UA'])
})
