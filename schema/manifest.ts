/** The visitor's files as the build named them: how the Worker and the page find them. */
import type { Country, Language } from './terms.ts'

export type Asset = { src: string; integrity: string }

export type CountryAssets = {
  places: string
  /** What most there read: for who reads none of its languages. */
  base?: Language
  /** `book`: guide and words. */
  languages: Partial<Record<Language, { book: string; directory: string }>>
}

/** The sealed talk, loaded only when a person is asked for: named in the book, so that the first view does not grow. */
export type TalkAssets = { script: Asset; style: Asset; words: string; codes: string }

/** What finds danger in a visitor's words on the desk: the script, and a file that names what reads each country's languages, and English (`EN`). `country`: the organisation's first. */
export type DeskReading = { country: Country; script: Asset; models: Asset }

export type Manifest = {
  /** On every page. */
  exit: Asset
  /** The web app's first view. */
  core: Asset
  /** Loaded behind it: services and places. */
  more: Asset
  /** Reads her own words, loaded when she first types some. */
  understand: Asset
  /** Hashes of the scripts that run as text of the page, as its policy names them: more, understand and the talk's. */
  later: string[]
  style: Asset
  /** The sealed talk: what its scripts weigh is what `npm run size` asks. */
  talk: { script: Asset; style: Asset; words: string[] }
  countries: Partial<Record<Country, CountryAssets>>
  /** A file with the files and the house of every country. */
  elsewhere: string
  /** The counsellors' desk: in a folder of its own, served on its own host only. */
  desk: { script: Asset; style: Asset; reading: DeskReading; later: string[] }
  /** What reads words in their order; for the Worker alone. */
  nets: Partial<Record<Country, string>>
}
