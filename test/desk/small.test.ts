/** Labels, keys, invitations and words of the desk. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { random, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { writeInvitation } from '../../crypto/talk/root.ts'
import { SOFTWARE_PASSKEY } from '../../crypto/talk/software-passkey.ts'
import { readInvitation } from '../../pwa/desk/invitation.ts'
import { actionOf } from '../../pwa/desk/keys.ts'
import { labelOf } from '../../pwa/desk/label.ts'
import { DESK_ENTRY } from '../../scripts/build/desk.ts'
import { bundle } from '../../scripts/build/visitor.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const tables = Object.fromEntries(
  readdirSync(`${ROOT}/locales`)
    .filter((language) => readdirSync(`${ROOT}/locales/${language}`).includes('desk.json'))
    .map((language) => [language, JSON.parse(readFileSync(`${ROOT}/locales/${language}/desk.json`, 'utf8')) as Table]),
)
type Table = Record<string, Record<string, string> | string[]>

describe('the label of a talk', () => {
  it('is two different words, the same each time', () => {
    const words = tables.uk?.labels as string[]
    fc.assert(
      fc.property(fc.string(), (tag) => {
        const label = labelOf(tag, words)
        const [first, second] = label.split(' – ')
        expect(words).toContain(first)
        expect(words).toContain(second)
        expect([first === second, labelOf(tag, words)]).toEqual([false, label])
      }),
    )
  })
})

describe('keys', () => {
  const press = (key: string, code: string, more = {}) => ({
    ...{ key, code, ctrlKey: false, altKey: false, metaKey: false, isComposing: false, repeat: false },
    ...more,
  })
  const J = press('j', 'KeyJ')

  it('are the same under another layout', () => {
    expect([actionOf(J, false, true), actionOf(press('о', 'KeyJ'), false, true)]).toEqual(['next', 'next'])
    expect(actionOf(press('?', 'Slash'), false, true)).toBe('help')
  })

  it('none fires while somebody types, with Ctrl or Alt, or switched off; Escape always leaves', () => {
    for (const key of ['J', 'K', 'R', 'E', 'A', 'T']) expect(actionOf(press(key, `Key${key}`), true, true)).toBeNull()
    expect(actionOf(press('?', 'Slash'), true, true)).toBeNull()
    expect(actionOf(press('e', 'KeyE', { ctrlKey: true }), false, true)).toBeNull()
    expect(actionOf(press('e', 'KeyE', { repeat: true }), false, true)).toBeNull()
    expect(actionOf(J, false, false)).toBeNull()
    expect(actionOf(press('Escape', 'Escape'), true, false)).toBe('leave')
  })
})

describe('an invitation', () => {
  it('is read from the address, and anything else is none', () => {
    const bytes = toBase64url(writeInvitation({ org: 'o', sid: 'c-1', notAfter: 7, token: 't' }))
    const signature = toBase64url(random(64))
    expect(readInvitation(`#${bytes}.${signature}`)).toEqual({ bytes, signature, sid: 'c-1', notAfter: 7 })
    for (const around of [
      (link: string) => link,
      (link: string) => `Ваше запрошення: ${link}. Діє раз!`,
      (link: string) => link.replace(/.{60}/g, '$&\n  '),
    ])
      for (const link of [`${bytes}.${signature}`, `https://desk.stezhka.example/#${bytes}.${signature}`])
        expect(readInvitation(around(link))?.signature).toBe(signature)
    for (const other of ['', '#', '#x', `#${bytes}`, `#${toBase64url(utf8('{}'))}.${signature}`]) expect(readInvitation(other)).toBeNull()
    for (const cut of [`${bytes}.${signature.slice(0, -1)}`, 'https://desk.stezhka.example/']) expect(readInvitation(cut)).toBeNull()
    fc.assert(fc.property(fc.string(), (hash) => readInvitation(`#${hash}`) === null))
  })
})

describe('the desk’s words', () => {
  /** Without the ending of a plural form. */
  const keys = (table: Table) =>
    [...new Set(Object.entries(table).flatMap(([part, words]) => Object.keys(words).map((key) => `${part}.${key}`)))]
      .map((key) => key.replace(/_(one|few|many|other)$/, ''))
      .filter((key, at, all) => all.indexOf(key) === at)
      .sort()

  it.each(Object.keys(tables))('are all there in %s, with the same values in them', (language) => {
    const [table, english] = [tables[language] as Table, tables.en as Table]
    expect(keys(table)).toEqual(keys(english))
    const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()
    for (const [part, words] of Object.entries(table))
      for (const [key, text] of Object.entries(words)) {
        const base =
          (english[part] as Record<string, string>)[key] ?? (english[part] as Record<string, string>)[key.replace(/_[a-z]+$/, '_other')]
        expect([`${part}.${key}`, values(text)]).toEqual([`${part}.${key}`, values(base ?? '')])
        expect(text.trim()).not.toBe('')
      }
  })

  it('have every plural form of their language', () => {
    for (const [language, table] of Object.entries(tables)) {
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      for (const [part, words] of Object.entries(table))
        for (const key of Object.keys(words).filter((name) => name.endsWith('_other')))
          for (const form of forms) expect(Object.keys(words), `${language} ${part}`).toContain(key.replace('_other', `_${form}`))
    }
  })
})

it('there is no way in without a passkey in what is deployed', { timeout: 60_000 }, async () => {
  const production = await bundle(ROOT, DESK_ENTRY, { LOCAL: 'false', TALK: 'null', READING: 'null' })
  expect(production.js).toContain('navigator.credentials.get')
  expect(production.js).not.toContain(SOFTWARE_PASSKEY)
})
