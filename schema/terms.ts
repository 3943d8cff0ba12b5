/** The closed lists the whole product agrees on. Ids are a contract: more may be added, none is renamed or reused. */

export const DOORS = ['for-me', 'for-someone', 'under-18', 'professional', 'i-hurt-someone'] as const

export const TOPICS = [
  'danger-now',
  'suicide',
  'domestic-violence',
  'sexual-violence',
  'crsv',
  'trafficking',
  'digital-safety',
  'stalking',
  'safety-plan',
  'shelter',
  'police',
  'restraining-order',
  'legal-aid',
  'family-law',
  'children',
  'teens',
  'helping-someone',
  'mental-health',
  'medical',
  'evidence',
  'money',
  'displaced',
  'documents',
  'occupied',
  'military',
  'workplace',
  'older-people',
  'disability',
  'men',
  'lgbt',
  'abroad',
  'services',
  'counsellor',
  'privacy',
  'perpetrator',
] as const
export type Topic = (typeof TOPICS)[number]

export const NEEDS = [
  'emergency',
  'hotline',
  'police',
  'shelter',
  'medical',
  'psychological',
  'legal',
  'child-protection',
  'trafficking',
  'crsv',
  'material',
  'idp',
  'mobile-brigade',
  'contact-person',
  'coordination',
] as const
export type Need = (typeof NEEDS)[number]

/** BCP 47. The order is a contract too: buttons and links of the bot carry the place in it. */
export const LANGUAGES = ['uk', 'ru', 'en', 'kk', 'ky', 'uz', 'tg', 'tk', 'uz-cyrl'] as const
export type Language = (typeof LANGUAGES)[number]

/** The order is a contract, as that of languages. */
export const COUNTRIES = ['UA', 'KZ', 'KG', 'UZ', 'TJ', 'TM'] as const
export type Country = (typeof COUNTRIES)[number]

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof DAYS)[number]

/** Countries where people from Ukraine found shelter; `EU` for lines of all of the Union. Only their national lines are known. */
export const HOSTS = ['EU', 'DE', 'CZ', 'SK', 'RO', 'MD', 'PL', 'HU', 'LT'] as const

/** What is spoken in each country, its own language first. */
export const SPOKEN: Record<Country, readonly Language[]> = {
  UA: ['uk', 'ru', 'en', 'kk'],
  KZ: ['kk', 'ru', 'en', 'uk'],
  KG: ['ky', 'ru', 'en'],
  UZ: ['uz', 'uz-cyrl', 'ru', 'en'],
  TJ: ['tg', 'ru', 'en'],
  TM: ['tk', 'ru', 'en'],
}

/** Nobody writes these words: they are made of another language's, letter by letter (`guide/uzbek.ts`). */
export const MADE_OF: Partial<Record<Language, Language>> = { 'uz-cyrl': 'uz' }

/** Complete for its country and read by most there: the others fall back to it key by key, and are compared with it. */
export const BASE: Record<Country, Language> = { UA: 'uk', KZ: 'ru', KG: 'ru', UZ: 'ru', TJ: 'ru', TM: 'ru' }

/** The base of what all countries share. */
export const BASE_LANGUAGE: Language = 'uk'

/** A: official or two sources. B: one weaker source. S: sourced practice. G: general practice, only as marked advice. C: not confirmed, never stated. */
export const GRADES = ['A', 'B', 'S', 'G', 'C'] as const

export const KINDS = [
  'emergency',
  'hotline',
  'police',
  'shelter',
  'crisis-room',
  'day-centre',
  'relief-centre',
  'counselling',
  'mobile-brigade',
  'legal-aid',
  'health',
  'child-protection',
  'trafficking',
  'crsv',
  'idp',
  'contact-person',
  'coordination',
] as const
export type Kind = (typeof KINDS)[number]
