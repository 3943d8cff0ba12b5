/**
 * A Ukrainian name written for readers of English and Russian, by rule.
 *
 * English follows the official romanisation (Cabinet of Ministers resolution 55, 2010). Russian is only for adjectives of areas, where
 * the rule is right more often than not; the exceptions travel in the packed table. Names of towns and villages have no Russian rule here.
 */

const LATIN: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'h',
  ґ: 'g',
  д: 'd',
  е: 'e',
  є: 'ie',
  ж: 'zh',
  з: 'z',
  и: 'y',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ю: 'iu',
  я: 'ia',
  ь: '',
  '’': '',
  ' ': ' ',
  '-': '-',
}
const LATIN_FIRST: Record<string, string> = { є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' }

export function romanise(name: string): string {
  let out = ''
  let first = true
  let before = ''
  for (const letter of name) {
    const lower = letter.toLowerCase()
    let latin = (first && LATIN_FIRST[lower]) || LATIN[lower] || (lower in LATIN ? '' : letter)
    if (lower === 'г' && before === 'з') latin = 'gh'
    out += letter === lower ? latin : latin.charAt(0).toUpperCase() + latin.slice(1)
    first = letter === ' ' || letter === '-'
    before = lower
  }
  return out
}

// In this order: later rules see what earlier ones left.
const RUSSIAN: [RegExp, string][] = [
  [/([Кк])ам’ян/g, '$1амен'],
  [/м’ян/g, 'мен'],
  [/’/g, ''],
  [/ївськ/g, 'евск'],
  [/([жчщц])івськ/g, '$1евск'],
  [/івськ/g, 'овск'],
  [/(.)ільськ/g, '$1ольск'],
  [/ньськ/g, 'нск'],
  [/ськ/g, 'ск'],
  [/зьк/g, 'зск'],
  [/цьк/g, 'цк'],
  [/ьо/g, 'е'],
  [/йо/g, 'е'],
  [/Є/g, 'Е'],
  [/є/g, 'е'],
  [/Біл/g, 'Бел'],
  [/ліс/g, 'лес'],
  [/Ліс/g, 'Лес'],
  [/Олекс/g, 'Алекс'],
  [/Микол/g, 'Никол'],
  [/Чорн/g, 'Черн'],
  [/чорн/g, 'черн'],
  [/Костянтин/g, 'Константин'],
  [/гір/g, 'гор'],
  [/І/g, 'И'],
  [/[ії]/g, 'и'],
  [/Ї/g, 'И'],
  [/ґ/g, 'г'],
  [/а$/, 'ая'],
]

/** What an area's adjective most likely is in Russian. */
export const russian = (adjective: string): string => RUSSIAN.reduce((name, [from, to]) => name.replace(from, to), adjective)
