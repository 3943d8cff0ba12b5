import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

const ask = (input: string): string[] =>
  execFileSync(process.execPath, ['scripts/ask.ts', '--stdin'], { input, encoding: 'utf8', maxBuffer: 1 << 24 })
    .trimEnd()
    .split('\n')

test('B4 every line of input has one line of JSON, broken ones too', () => {
  const lines = ask('uk\tкуди піти ночувати\nno tab\nxx\tтекст\n\nmix\tgjvjubnt\nuk\tя в Житомирі\n')
  expect(lines).toHaveLength(6)
  const found = lines.map((line) => JSON.parse(line))
  for (const one of found) expect(Object.keys(one)).toEqual(['topics', 'needs', 'crisis', 'places', 'door'])
  expect(found[0].topics[0].id).toBe('shelter')
  expect(found[1]).toEqual({ topics: [], needs: [], crisis: 'none', places: [], door: null })
  expect(found[2].topics).toEqual([])
  expect(found[5].places).not.toEqual([])
})
