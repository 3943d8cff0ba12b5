/**
 * Places named in a text among other words; only those that are surely a name, because capitals and cases are unreliable on a phone.
 *
 * The search of `places.ts` knows names and their cases; here it is asked about one to three words at a time. A lone word counts when it is
 * the whole text, stands after a word that leads to a place, or is written with a capital in the middle of a sentence.
 */
import { type Places, searchPlaces } from '../places.ts'

const LEADS = new Set(
  (
    'у в во на з із зі до біля під від коло поблизу за из с со к ко около возле под от місто місті міста м село селі села с смт селище ' +
    'город городе города г поселок посёлок область області обл in at near from of to city town village қаласы қаласында қаласынан ауылы'
  ).split(' '),
)
// Where an area's kind follows its name: Київська область, Almaty region.
const KIND_AFTER = /^(?:област|обл$|район|р-н|громад|отг$|region|district|oblast|облыс|аудан|қала|ауыл)/
// Kazakh says where by an ending: Алматыда, Шымкенттен.
const WHERE_ENDING = /(?:да|де|та|те|дан|ден|тан|тен|нан|нен|ға|ге|қа|ке)$/
const LONGEST_TEXT = 400
const MOST_WORDS = 40
const MOST_ASKED = 6
const MOST_PLACES = 12
const SHORTEST_NAME = 3
const NAME_WORDS = 2

type Word = { text: string; capital: boolean; opens: boolean; led: boolean }

function wordsOf(text: string): Word[] {
  const words: Word[] = []
  for (const sentence of text.slice(0, LONGEST_TEXT).split(/[.!?;\n]+/)) {
    const tokens = sentence.match(/[\p{L}\p{M}'’ʼ-]+/gu) ?? []
    tokens.forEach((token, nth) => {
      const lower = token.toLowerCase()
      const before = tokens[nth - 1]?.toLowerCase()
      words.push({
        text: lower,
        capital: token !== lower && token !== token.toUpperCase(),
        opens: nth === 0,
        led: before !== undefined && LEADS.has(before),
      })
    })
  }
  return words.slice(0, MOST_WORDS)
}

/** Codes of what is named, in order; all of them where a name is borne by several places. */
export function placesIn(places: Places, text: string): string[] {
  const words = wordsOf(text)
  const codes = new Set<string>()
  let asked = 0
  for (let at = 0; at < words.length && asked < MOST_ASKED && codes.size < MOST_PLACES; at++) {
    const word = words[at] as Word
    if (LEADS.has(word.text) || word.text.length < SHORTEST_NAME) continue
    const isArea = KIND_AFTER.test(words[at + 1]?.text ?? '')
    const isWhole = words.length <= NAME_WORDS
    const isSaid = word.capital && (!word.opens || WHERE_ENDING.test(word.text))
    if (!isWhole && !word.led && !isArea && !isSaid) continue
    asked++
    const query = isArea ? `${word.text} ${words[at + 1]?.text}` : word.led ? `у ${word.text}` : word.text
    const found = named(places, query)
    const bare = found.length === 0 ? word.text.replace(WHERE_ENDING, '') : word.text
    for (const code of bare === word.text ? found : named(places, bare)) codes.add(code)
  }
  return [...codes].slice(0, MOST_PLACES)
}

/** Only names that are it, written or declined: what merely begins so, or is a slip away, is nothing among other words. */
function named(places: Places, query: string): string[] {
  return searchPlaces(places, query, 'uk', MOST_PLACES)
    .matches.filter(({ exact }) => exact)
    .map(({ code }) => code)
}
