/** What we tell organisations of what remains is what was measured. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Look, page } from '../../scripts/remains/page.ts'

const docs = join(import.meta.dirname, '../../docs')

const look = (more: Partial<Look> = {}): Look => ({
  browser: 'chromium',
  app: 'web',
  leaving: 'link',
  circumstance: 'none',
  moment: 'closed',
  found: ['host', 'title'],
  sought: 7,
  ...more,
})

test('the committed page is what the committed result makes', () => {
  const looks = JSON.parse(readFileSync(join(docs, 'what-remains.json'), 'utf8')) as Look[]
  expect(looks.length).toBeGreaterThan(0)
  expect(readFileSync(join(docs, 'what-remains.md'), 'utf8')).toBe(page(looks))
})

test('a visit that left nothing telling is said so', () => {
  const text = page([look()])
  expect(text).toContain('After an exit: nothing she read, typed or chose was found (looks at a disk: 1)')
  expect(text).toContain('| the exit | the address, the neutral title | not measured |')
})

test('what was found at any moment stands in the row of its visit, and in the summary', () => {
  const text = page([look(), look({ moment: 'reopened', found: ['host', 'typed'] }), look({ app: 'plain' })])
  expect(text).toContain('| the exit | the address, the neutral title, **what she typed** | the address, the neutral title |')
  expect(text).toContain('After an exit: **what she typed** could be read in some looks at a disk')
})

test('what was not measured is never said to be clean', () => {
  const text = page([look({ leaving: 'killed', found: [] })])
  expect(text).toContain('After an exit: not measured.')
  expect(text).not.toContain('Firefox on a computer')
})

test('each browser, ending and circumstance has a row of its own', () => {
  const text = page([look(), look({ circumstance: 'offline' }), look({ browser: 'firefox', found: ['file', 'host'] })])
  expect(text).toContain('| the exit; without network |')
  expect(text.split('### Firefox')[1]).toContain('| the exit | the address, names of script files | not measured |')
})
