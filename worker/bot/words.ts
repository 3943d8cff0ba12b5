/** What only the bot says: its commands, the honest card, its refusals. Everything else it says is the guide's. */
import type { StepWords } from '../../guide/guide.ts'
import { fill, type Values } from '../../guide/say.ts'
import { cyrillic } from '../../guide/uzbek.ts'
import en from '../../locales/en/bot.json'
import kk from '../../locales/kk/bot.json'
import ky from '../../locales/ky/bot.json'
import ru from '../../locales/ru/bot.json'
import tg from '../../locales/tg/bot.json'
import tk from '../../locales/tk/bot.json'
import uk from '../../locales/uk/bot.json'
import uz from '../../locales/uz/bot.json'
import { type Country, LANGUAGES, type Language } from '../../schema/terms.ts'

/** Variants have a shape of their own, which not every language fills. */
type BotWords = Omit<typeof uk, 'variants'>

type Steps = Record<string, Partial<StepWords>>

/** `steps` are written for Ukraine's guide; another country, whose steps warn of other things, has its own under `countries`. */
type Variants = { steps: Steps; countries?: Partial<Record<Country, Steps>>; choices: Record<string, string> }

type Keys<T> = { [K in keyof BotWords]: BotWords[K] extends T ? K : never }[keyof BotWords]

/** One sentence or label. */
export type Key = Keys<string>

/** Made letter by letter, as all words of that language are. */
const inCyrillic = (words: object): object =>
  JSON.parse(JSON.stringify(words), (_, value: unknown) => (typeof value === 'string' ? cyrillic(value) : value)) as object

/** As written: each language may still lack some. */
const own: Record<Language, Partial<BotWords> & { variants?: Variants }> = {
  uk,
  ru,
  en,
  kk,
  ky,
  uz,
  'uz-cyrl': inCyrillic(uz),
  tg,
  tk,
}

/** The base language is complete; what another lacks is said in Russian, which is read in all of Central Asia, or in the base. */
const said = (language: Language): BotWords => ({ ...uk, ...(['uk', 'en'].includes(language) ? {} : ru), ...own[language] }) as BotWords

const words = Object.fromEntries(LANGUAGES.map((language) => [language, said(language)])) as Record<Language, BotWords>

export const botSay = (language: Language, key: Key, values: Values = {}): string => fill(words[language][key], values)

export const botParagraphs = (language: Language, key: Keys<string[]>): string[] => words[language][key]

/** What the bot says in place of the guide's words, by step and by choice; a language without its own keeps the guide's, which she can read. */
export const botVariants = (language: Language): Variants => own[language].variants ?? { steps: {}, choices: {} }
