/**
 * Months and plurals of languages that browsers and Workers bring no data for: asked for Kazakh they would answer in whatever language
 * the phone is set to. Source: Unicode CLDR (as Node 24 carries it), stand-alone month names and the pattern `yMMMM`.
 */
import type { Language } from '../schema/terms.ts'

type Tongue = { months: readonly string[]; year: (month: string, year: string) => string }

const TONGUES: Partial<Record<Language, Tongue>> = {
  kk: {
    months: ['қаңтар', 'ақпан', 'наурыз', 'сәуір', 'мамыр', 'маусым', 'шілде', 'тамыз', 'қыркүйек', 'қазан', 'қараша', 'желтоқсан'],
    year: (month, year) => `${year} ж. ${month}`,
  },
  ky: {
    months: ['январь', 'февраль', 'март', 'апрель', 'май', 'июнь', 'июль', 'август', 'сентябрь', 'октябрь', 'ноябрь', 'декабрь'],
    year: (month, year) => `${year}-ж., ${month}`,
  },
  uz: {
    months: ['yanvar', 'fevral', 'mart', 'aprel', 'may', 'iyun', 'iyul', 'avgust', 'sentabr', 'oktabr', 'noyabr', 'dekabr'],
    year: (month, year) => `${month}, ${year}`,
  },
  tg: {
    months: ['январ', 'феврал', 'март', 'апрел', 'май', 'июн', 'июл', 'август', 'сентябр', 'октябр', 'ноябр', 'декабр'],
    year: (month, year) => `${month} ${year}`,
  },
  tk: {
    months: ['ýanwar', 'fewral', 'mart', 'aprel', 'maý', 'iýun', 'iýul', 'awgust', 'sentýabr', 'oktýabr', 'noýabr', 'dekabr'],
    year: (month, year) => `${month} ${year}`,
  },
}

const formats = new Map<Language, Intl.DateTimeFormat>()

/** `2026-11` as "листопад 2026". @param date ISO, with a month */
export function monthOf(language: Language, date: string): string {
  const tongue = TONGUES[language]
  if (tongue) return tongue.year(tongue.months[Number(date.slice(5, 7)) - 1] ?? '', date.slice(0, 4))
  const format = formats.get(language) ?? new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  formats.set(language, format)
  return format
    .format(new Date(`${date.slice(0, 7)}-01T00:00:00Z`))
    .replace(' р.', '')
    .replace(' г.', '')
}

/** i18next's plural form; after a number the nouns of the five languages stay as they are. */
export const pluralOf = (language: Language, count: number): string =>
  TONGUES[language] ? (count === 1 ? 'one' : 'other') : new Intl.PluralRules(language).select(count)
