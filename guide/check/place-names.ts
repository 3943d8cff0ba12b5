/** Names of places, compared in a rough common spelling: Ukrainian, Russian, several romanisations, declined or not. */
import type { Content } from '../content.ts'

/** Ordinary words of neutral records that some village happens to bear as its name. */
export const ORDINARY = new Set(
  [
    'центр',
    'денний',
    'дневной',
    'кризова',
    'кризисная',
    'кімната',
    'комната',
    'притулок',
    'приют',
    'область',
    'перемога',
    'нове',
    'нова',
    'мирне',
    'вільне',
    'centre',
    'center',
    'day',
    'crisis',
    'room',
    'shelter',
    'oblast',
    'place',
    'public',
    'source',
    'kept',
    'by',
    'the',
    'editors',
    'known',
    'to',
    'only',
    'reached',
    'through',
    'contact',
    'via',
    'contact_via',
    'step',
  ].map((word) => roughly(word)),
)

/** One spelling for Ukrainian and Russian letters, and one for the ways to write them in Latin. */
export function roughly(word: string): string {
  return word
    .toLowerCase()
    .replace(/[’'`ʼ"ьъ]/g, '')
    .replace(/[иіїый]/g, 'и')
    .replace(/[еєэё]/g, 'е')
    .replace(/[гґ]/g, 'г')
    .replace(/ия|йя/g, 'я')
    .replace(/ks|x/g, 'ks')
    .replace(/[yj]/g, 'i')
    .replace(/g/g, 'h')
    .replace(/w/g, 'v')
    .replace(/(\p{L})\1+/gu, '$1')
}

const ENDINGS = /(ового|евого|ского|ськаго|ами|ями|ого|его|ому|ему|ові|еви|ови|ом|ем|ам|ям|ах|ях|ою|ею|ой|ей|ов|ев|[аеиоуюяйaeiou])$/u

/** The part of a name that stays when it is declined; short names are compared whole. */
export function stem(word: string): string {
  const rough = roughly(word)
  const cut = rough.replace(ENDINGS, '')
  return cut.length >= 4 ? cut : rough
}

export const wordsIn = (text: string): string[] => text.match(/\p{L}[\p{L}’'`ʼ]*/gu) ?? []

/** A name of several words, or with hyphens, is found by all of its words in a row. */
const phrase = (name: string): string =>
  wordsIn(name)
    .map((word) => stem(word))
    .join(' ')

/** The town behind an adjective („Бердичевская“ → „Бердичев“), and the Russian form of „-ів“, which no table holds. */
function otherForms(name: string): string[] {
  const town = name.replace(/(ск|sk)$/, '')
  const forms = town.length >= 5 ? [name, town] : [name]
  return forms.flatMap((form) => (/.{3}ив$/.test(form) ? [form, form.replace(/ив$/, 'ев'), form.replace(/ив$/, 'ов')] : [form]))
}

export type Gazetteer = { single: Set<string>; several: Set<string>; longest: number; oblasts: Map<string, string[]> }

export function gazetteer(content: Content): Gazetteer {
  const oblasts = new Map(
    content.areas
      .filter((area) => area.level === '1')
      .map((area) => [area.pcode, [area.name_uk, area.name_ru, area.name_en].filter(Boolean)]),
  )
  const finer = [
    ...content.areas.filter((area) => area.level !== '1').flatMap((area) => [area.name_uk, area.name_ru, area.name_en]),
    ...content.settlements.flatMap((settlement) => [settlement.name_uk, settlement.name_en]),
    ...content.aliases.flatMap((alias) => [alias.name, alias.name_in_dataset]),
  ]
  const phrases = [...new Set(finer.filter(Boolean).map(phrase).flatMap(otherForms))].filter(Boolean)
  return {
    single: new Set(phrases.filter((name) => !name.includes(' '))),
    several: new Set(phrases.filter((name) => name.includes(' '))),
    longest: Math.max(1, ...phrases.map((name) => name.split(' ').length)),
    oblasts,
  }
}

const LAST_VOWEL = /[аеиоуюяaeiou]$/

/** What a declined name may be the form of: „Бердичеві“ → „бердичев“, „Сумах“ → „сум“. */
export function baresOf(word: string): string[] {
  const rough = roughly(word)
  const bare = [rough.replace(ENDINGS, ''), rough.replace(LAST_VOWEL, '')].filter((part) => part.length >= 3)
  return [...new Set([rough, ...bare])]
}

/** Kazakh hangs its cases on the whole name; here in the rough spelling. */
const KAZAKH_ENDINGS = /([дтн][ае]н|[дт]ағи|[дт]еги|[дтн]иң|[дтн][аеи]|[ғгқк][ае])$/u

/** The same, and without a Kazakh ending: „Бердичевте“ → „бердичев“. */
export const baresInAnyLanguage = (word: string): string[] => [
  ...new Set([...baresOf(word), ...baresOf(roughly(word).replace(KAZAKH_ENDINGS, ''))]),
]

/** A name as its other cases have it: „Тернопіль“ → „тернопол“, „Кременець“ → „кременц“. */
const caseForms = (bare: string): string[] => [
  bare,
  ...[/и(?=[^аеиоуюяaeiou]$)/, /(?<=[^аеиоуюяaeiou]{1,2})е(?=[^аеиоуюяaeiou]$)/].flatMap((vowel) =>
    bare.length >= 4 && vowel.test(bare) ? ['о', 'е', ''].map((other) => bare.replace(vowel, other)) : [],
  ),
]

/** Names finer than an oblast, in every form prose may give them; names of several words as all their words in a row. */
export type Towns = { single: Set<string>; several: Map<string, string[][]> }

export function towns(content: Content): Towns {
  const names = new Set(
    [
      ...content.areas.filter((area) => area.level !== '1').flatMap((area) => [area.name_uk, area.name_ru, area.name_en]),
      ...content.settlements.flatMap((settlement) => [settlement.name_uk, settlement.name_en]),
      ...content.aliases.flatMap((alias) => [alias.name, alias.name_in_dataset]),
    ].filter(Boolean),
  )
  const single = new Set<string>()
  const several = new Map<string, string[][]>()
  for (const name of names) {
    const [first = '', ...rest] = wordsIn(name)
    if (rest.length === 0) {
      for (const form of otherForms(stem(first))) single.add(form)
      for (const form of baresOf(first).flatMap(caseForms)) single.add(form)
      continue
    }
    for (const form of baresOf(first))
      several.set(form, [...(several.get(form) ?? []), rest.flatMap((word) => [baresOf(word).at(-1) ?? ''])])
  }
  return { single, several }
}
