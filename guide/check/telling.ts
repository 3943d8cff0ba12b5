/**
 * Words that tell, from across the room or out of a history list, what this is about.
 *
 * They may stand on the screens themselves; never in titles of the document, addresses, the manifest, commands, notices
 * or the neutral name (REQUIREMENTS D1).
 */
import { fault, type Finding } from './finding.ts'

/** Beginnings of words; a space is any space. */
export const TELLING_WORDS: Readonly<Record<'uk' | 'ru' | 'en' | 'kk', readonly string[]>> = {
  uk: [
    'насильств', 'насильниц', 'насилл', 'ґвалт', 'зґвалт', 'згвалт', 'домашн', 'кривдни', 'кривдит', 'постраждал', 'потерпіл', 'жертв', 'притул', 'прихист', 'шелтер',
    'кризов', 'торгівл', 'рабств', 'експлуатац', 'побит', 'побої', 'бʼє', "б'є", 'б’є', 'абьюз', 'аб’юз', "аб'юз", 'сталкін', 'переслідув', 'припис', 'поліці', 'суїцид', 'самогуб',
    'допомог', 'порятун', 'безпек', 'небезпе', 'гаряча ліні', 'гарячої ліні', 'лінія довір', 'телефон довір', 'психолог', 'сексуальн', 'погроз', 'тікат', 'втеч', 'евакуац', 'окупац', 'окупован',
  ],
  ru: [
    'насили', 'изнасил', 'домашн', 'обидчик', 'абьюз', 'пострадав', 'потерпев', 'жертв', 'приют', 'убежищ', 'шелтер', 'кризисн', 'торговл', 'рабств', 'эксплуатац', 'побои', 'избит', 'избие',
    'сталкинг', 'преследован', 'предписан', 'полици', 'суицид', 'самоубий', 'помощ', 'спасен', 'безопасн', 'опасн', 'горячая лини', 'горячей лини', 'линия довер', 'телефон довер', 'психолог',
    'сексуальн', 'угроз', 'побег', 'сбежа', 'эвакуац', 'оккупац', 'оккупир',
  ],
  en: [
    'violen', 'rape', 'rapist', 'abus', 'assault', 'domestic', 'shelter', 'refuge', 'survivor', 'victim', 'perpetrat', 'traffick', 'exploit', 'slaver', 'stalk', 'beat', 'batter', 'harass', 'sexual',
    'help', 'hotline', 'hot line', 'helpline', 'crisis', 'rescue', 'safe', 'unsafe', 'danger', 'emergenc', 'police', 'restrain', 'protective order', 'suicid', 'counsel', 'psycholog', 'threat', 'escape', 'evacuat', 'occupied',
    'gbv', 'crsv', 'ipv',
  ],
  kk: [
    'зорлық', 'зорла', 'зомбылық', 'тұрмыстық', 'жәбір', 'құрбан', 'баспана', 'паналат', 'дағдарыс', 'адам саудас', 'құлды', 'қорлық', 'ұрып', 'соққы', 'полици', 'көмек', 'көмег', 'сенім телефон', 'жедел желі', 'қауіп',
    'қауіпсіз', 'психолог', 'суицид', 'жыныстық', 'қоқан', 'қорға',
  ],
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(' ', '[\\s_-]+')

const TELLING = new RegExp(`(?<![\\p{L}])(?:${Object.values(TELLING_WORDS).flat().map(escaped).join('|')})\\p{L}*`, 'iu')

/** A name in camel case or with underscores is looked at word by word. */
const spread = (text: string): string => text.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll('_', ' ')

/** The first word that tells, as it stands; `null` when there is none. */
export const tellingWord = (text: string): string | null => TELLING.exec(spread(text))?.[0] ?? null

/** A string others may read: where it comes from, and what it says. */
export type PublicString = { where: string; text: string }

export const checkPublicStrings = (strings: PublicString[]): Finding[] =>
  strings.flatMap(({ where, text }) => {
    const word = tellingWord(text)
    return word === null ? [] : [fault('telling-word', { file: where }, `"${text}" may be read by others and holds "${word}".`, 'Choose a word that says nothing of what this is about.')]
  })
