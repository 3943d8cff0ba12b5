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

export const LANGUAGES = ['uk', 'ru', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** Complete; every other language falls back to it key by key. */
export const BASE_LANGUAGE: Language = 'uk'

export const COUNTRIES = ['UA'] as const
export type Country = (typeof COUNTRIES)[number]

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
