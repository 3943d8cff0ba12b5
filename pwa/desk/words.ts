/** The desk's words: i18next over the tables of `locales/<language>/desk.json`, chosen for this page only. */
import i18next from 'i18next'
import en from '../../locales/en/desk.json'
import kk from '../../locales/kk/desk.json'
import ru from '../../locales/ru/desk.json'
import uk from '../../locales/uk/desk.json'

type Tables = typeof en

/** `shift.hours_count_one` is asked for as `shift.hours_count`. */
type Base<Key> = Key extends `${infer Before}_${'one' | 'few' | 'many' | 'other'}` ? Before : Key
export type Key = {
  [Table in keyof Tables]: Tables[Table] extends readonly string[] ? never : `${Table}.${Base<keyof Tables[Table] & string> & string}`
}[keyof Tables]

const TABLES = { en, kk, ru, uk }
export type Tongue = keyof typeof TABLES

/** As their speakers write them. */
export const TONGUES: Record<Tongue, string> = { uk: 'Українська', ru: 'Русский', kk: 'Қазақша', en: 'English' }

const isTongue = (name: string): name is Tongue => name in TABLES

/** @param wished  as the browser lists them */
export const tongueFor = (wished: readonly string[]): Tongue => wished.map((name) => name.slice(0, 2)).find(isTongue) ?? 'en'

const translator = i18next.createInstance()

export function openWords(tongue: Tongue): void {
  const resources = Object.fromEntries(Object.entries(TABLES).map(([name, table]) => [name, { desk: table }]))
  void translator.init({
    ...{ lng: tongue, fallbackLng: 'en', defaultNS: 'desk', ns: ['desk'], resources, initAsync: false },
    interpolation: { escapeValue: false },
  })
}

export const useTongue = (tongue: Tongue): void => void translator.changeLanguage(tongue)
export const tongue = (): Tongue => translator.language as Tongue

/** Text, never HTML: the screens write it into text nodes. */
export const t = (key: Key, values: Record<string, string | number> = {}): string => translator.t(key, values)

export const labels = (): readonly string[] => TABLES[tongue()].labels
