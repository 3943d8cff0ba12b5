/**
 * No sentence a visitor reads may say where people are sheltered: beside a shelter no town, hromada, raion or street is named.
 * The oblast may be: shelters are known to stand in every one, and the lines to ask know the rest.
 */
import type { Language } from '../../schema/terms.ts'
import type { Content } from '../content.ts'
import { everyStep, isRecord, languagesOf, textsOf, wordsAt } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { baresInAnyLanguage, ORDINARY, roughly, stem, type Towns, towns, wordsIn } from './place-names.ts'
import { withoutTokens } from './tokens.ts'

const SHELTER =
  /(?<!\p{L})(притул\p{L}*|прихист\p{L}*|кризов\p{L}*|безпечн\p{L}* (місц|дім|дом|будин|житл|кварт)\p{L}*|ден\p{L}* центр\p{L}* .*(перебуван|прожив|ночів)\p{L}*|приют\p{L}*|кризисн\p{L}*|убежищ\p{L}*|безопасн\p{L}* (мест|дом|жиль|кварт)\p{L}*|дневн\p{L}* центр\p{L}* .*(пребыван|прожив|ночлег)\p{L}*|shelters?|refuges?|crisis (room|centre|center)s?|safe ?houses?|safe (place|home|flat)s?|day (centre|center)s? .*(stay|overnight)\p{L}*|баспана\p{L}*|дағдарыс (бөлме|орталы)\p{L}*|қауіпсіз (жер|үй|пәтер)\p{L}*|(уақытша|қайда) тұр\p{L}*)(?!\p{L})/iu

const STREET =
  /(?<!\p{L})(вул\.|вулиц\p{L}*|просп\.|проспект\p{L}*|пров\.|провул\p{L}*|бульв\p{L}*|ул\.|улиц\p{L}*|пер\.|переул\p{L}*|streets?|avenues?|boulevards?|көшес\p{L}*|даңғыл\p{L}*)(?!\p{L})/iu

/** A full stop after these does not end a sentence. */
const SHORT = /(?<!\p{L})(вул|просп|пров|бульв|обл|м|с|смт|р-н|ул|пер|г|St|Ave)\.$/iu

function sentencesIn(text: string): string[] {
  const sentences: string[] = []
  for (const part of text.split(/(?<=[.!?…])\s+/u)) {
    const last = sentences.at(-1)
    if (last !== undefined && SHORT.test(last)) sentences[sentences.length - 1] = `${last} ${part}`
    else sentences.push(part)
  }
  return sentences
}

/** After an oblast's adjective: then it is the hromada or the raion of the same name. */
const FINER_NEXT = /^(громад|район|міськ|місто|общин|город|hromad|raion|district|communit|city|town|municipal)/iu
const OBLAST_NEXT = /^(област|обл$|облыс|oblast|region)/iu
/** „у Хмельницькому“ is the town; the oblast's adjective is feminine. */
const MASCULINE = /(ий|ый|ого|ому|им|ым|ом|ім)$/iu
/** „Донеччина“, „Миколаївщина“: an oblast in everyday speech. */
const EVERYDAY = /(щин|чин)\p{L}{0,3}$/iu
const COUNTRY = /^(украин|ukrain)/u

type Places = { towns: Towns; oblasts: Set<string>; regions: Set<string>; lowercase: Set<string> }

/** Words the prose of this language also writes with a small letter: at the beginning of a sentence they are no names. */
const smallWords = (texts: string[]): Set<string> =>
  new Set(
    texts.flatMap((text) =>
      wordsIn(text)
        .filter((word) => /^\p{Ll}/u.test(word))
        .map((word) => stem(word)),
    ),
  )

type Word = { word: string; begins: boolean }

const wordsOf = (sentence: string): Word[] =>
  [...sentence.matchAll(/\p{L}[\p{L}’'`ʼ]*/gu)].map((match) => ({
    word: match[0],
    begins: /(^[^\p{L}]*|[«„“":(—–]\s*)$/u.test(sentence.slice(0, match.index)),
  }))

function isOrdinary(places: Places, { word, begins }: Word): boolean {
  const rough = roughly(word)
  const abbreviation = word === word.toUpperCase() && word.length <= 4
  return abbreviation || COUNTRY.test(rough) || ORDINARY.has(rough) || (begins && places.lowercase.has(stem(word)))
}

/** „Житомирська“, „Zhytomyr oblast“, „Житомирщина“. */
function isOblast(places: Places, word: string, next: string): boolean {
  if (places.oblasts.has(stem(word)) && !MASCULINE.test(word)) return !FINER_NEXT.test(next)
  return (OBLAST_NEXT.test(next) || EVERYDAY.test(word)) && [...places.regions].some((region) => roughly(word).startsWith(region))
}

/** The first place finer than an oblast in a sentence; `null` when there is none. */
function finerPlace(places: Places, sentence: string): string | null {
  const street = STREET.exec(sentence)
  if (street) return street[0]
  const words = wordsOf(sentence)
  const following = (index: number) => words[index]?.word ?? ''
  for (const [index, one] of words.entries()) {
    const { word } = one
    if (!/^\p{Lu}/u.test(word) || word.length < 3 || isOblast(places, word, following(index + 1))) continue
    if (places.oblasts.has(stem(word))) return `${word} ${following(index + 1)}`.trim()
    const forms = [...baresInAnyLanguage(word), roughly(word).replace(/щин\p{L}{0,3}$/u, '')]
    for (const rest of forms.flatMap((form) => places.towns.several.get(form) ?? []))
      if (rest.every((part, after) => baresInAnyLanguage(following(index + 1 + after)).includes(part)))
        return [word, ...rest.map((_, after) => following(index + 1 + after))].join(' ')
    if (!isOrdinary(places, one) && [stem(word), ...forms].some((form) => places.towns.single.has(form))) return word
  }
  return null
}

function placesFor(content: Content, texts: string[], known: Towns): Places {
  const names = content.areas
    .filter((area) => area.level === '1')
    .flatMap((area) => [area.name_uk, area.name_ru, area.name_en])
    .filter(Boolean)
    .map((name) => stem(name))
  return {
    towns: known,
    // Kyiv and Sevastopol are cities, though regions too
    oblasts: new Set(names.filter((name) => /(ск|цк|зк|sk|zk|tsk)$/.test(name))),
    regions: new Set(names.map((name) => name.slice(0, 4))),
    lowercase: smallWords(texts),
  }
}

const stringsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []

/** Tables of words that are no step's. */
const TABLES = ['services', 'care', 'choices']

type Said = { where: { file: string; step: string | null }; text: string }

function saidIn(content: Content, language: Language): Said[] {
  const steps = everyStep(content).flatMap((placed) =>
    textsOf(content, language, placed).map((text) => ({ where: wordsAt(language, placed), text })),
  )
  const tables = TABLES.flatMap((name) => {
    const table: unknown = content.words[language]?.[name]
    const where = { file: `locales/${language}/${name}.json`, step: null }
    return isRecord(table) ? stringsIn(table).map((text) => ({ where, text })) : []
  })
  return [...steps, ...tables].map(({ where, text }) => ({ where, text: withoutTokens(text) }))
}

export function proseFaults(content: Content): Finding[] {
  const known = towns(content)
  return languagesOf(content).flatMap((language) => {
    const said = saidIn(content, language)
    const places = placesFor(
      content,
      said.map(({ text }) => text),
      known,
    )
    return said.flatMap(({ where, text }) =>
      sentencesIn(text).flatMap((sentence) => {
        const shelter = SHELTER.exec(sentence)
        const named = shelter && finerPlace(places, sentence)
        if (!shelter || !named) return []
        return [
          fault(
            'secret-place',
            where,
            `"${named}" stands in one sentence with "${shelter[0]}": that may tell where people are hidden.`,
            'Name nothing finer than the oblast; who needs the place is told by the line to ask.',
          ),
        ]
      }),
    )
  })
}
