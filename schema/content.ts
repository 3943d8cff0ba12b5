/**
 * What the files under `guide/content/` may hold. They are parsed here, at the border, by the content build and the
 * content check; past it the types are trusted. The files themselves are described in `docs/content.md`.
 */
import * as v from 'valibot'
import { COUNTRIES, DAYS, GRADES, KINDS, LANGUAGES, NEEDS, TOPICS } from './terms.ts'

const Id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'an id is lower-case words joined by hyphens'))

/** `2026`, `2026-11` or `2026-11-22`: a source is dated as exactly as it dates itself. */
export const PartialDate = v.pipe(v.string(), v.regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date is 2026, 2026-11 or 2026-11-22'))

/** Answers a visitor gave by tapping, such as `{ home: together }`; a country is `KZ`. */
const Answers = v.record(Id, v.union([Id, v.picklist(COUNTRIES)]))

export const ChoiceFile = v.strictObject({
  id: Id,
  next: Id,
  /** Offered only when each of these answers was given; a list means any of them, `unset` that none was. */
  when: v.optional(v.record(Id, v.union([Id, v.array(Id)]))),
  /** Remembered when taken, in memory only. */
  sets: v.optional(Answers),
  /** Goes back to the step she came from; `next` only when there is none. */
  returns: v.optional(v.boolean()),
  /** Only web app and plain pages offer it: a chat has no page to leave. */
  pages: v.optional(v.boolean()),
  /** Offered only where the organisation has counsellors at a desk; `false`: only where it has none. */
  desk: v.optional(v.boolean()),
})
export type ChoiceFile = v.InferOutput<typeof ChoiceFile>

export const StepFile = v.strictObject({
  choices: v.optional(v.array(ChoiceFile), []),
  /** Services whose number stands on this screen as a button. */
  call: v.optional(v.array(Id), []),
  /** The screen lists services for this need, nearest first. */
  services: v.optional(v.picklist(NEEDS)),
  /** Facts the words state (grades A, B, S; G marks the screen as general advice). */
  facts: v.optional(v.array(Id), []),
  /** Facts not confirmed (grade C): the words may only ask, and point to the line that knows. */
  open: v.optional(v.array(Id), []),
  /** Time-limited care listed on this screen. */
  care: v.optional(v.array(Id), []),
  /** Nothing to call, nothing to type: for people whose reading itself is a danger. */
  quiet: v.optional(v.boolean(), false),
  /** An ending needs no choice: it shows a number, or it is the safe screen. */
  ends: v.optional(v.picklist(['phone', 'safe'])),
})
export type StepFile = v.InferOutput<typeof StepFile>

export const GuideFile = v.strictObject({
  /** Present when the file is a topic; its first step has the topic's id. */
  topic: v.optional(v.picklist(TOPICS)),
  /** The need its services must meet. */
  need: v.optional(v.picklist(NEEDS)),
  steps: v.record(Id, StepFile),
})
export type GuideFile = v.InferOutput<typeof GuideFile>

const Source = v.strictObject({
  title: v.string(),
  url: v.optional(v.nullable(v.string())),
  date: v.nullable(PartialDate),
  url_exact: v.optional(v.boolean()),
})

/** One file a card: a law, an order, a part of practice. */
export const FactCard = v.strictObject({
  /** The citation a visitor reads is kept under this id in `locales/<language>/facts.json`. */
  card: Id,
  title: v.string(),
  read_on: PartialDate,
  source: v.pipe(v.array(Source), v.minLength(1, 'a card names its sources')),
  facts: v.array(
    v.strictObject({
      id: Id,
      grade: v.picklist(GRADES),
      /** For editors, in English. */
      says: v.string(),
      note: v.optional(v.string()),
      /** Every number the words may state on this fact's word. */
      numbers: v.array(v.string()),
      /** Where this one claim was read, when it is narrower than the card's list. */
      source: v.optional(v.array(Source)),
      /** After this day the fact may not be stated any more. */
      until: v.optional(PartialDate),
    }),
  ),
})
export type FactCard = v.InferOutput<typeof FactCard>
export type Fact = FactCard['facts'][number]

export const CareFile = v.array(
  v.strictObject({
    id: Id,
    /** Hours after the event within which it can still be given; `null`: at any time. */
    within_hours: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))),
    need: v.picklist(NEEDS),
    fact: Id,
  }),
)
export type Care = v.InferOutput<typeof CareFile>[number]

const Names = v.pipe(
  v.strictObject(v.entriesFromList(LANGUAGES, v.optional(v.string()))),
  v.check((names) => Object.values(names).some((name) => name), 'a service has a name in some language'),
)

/** Topics a country has not (no law, no such war), each with the topic that comes nearest there. */
export const NearestFile = v.record(v.picklist(COUNTRIES), v.record(v.picklist(TOPICS), v.picklist(TOPICS)))

const Clock = v.pipe(v.string(), v.regex(/^([01]\d|2[0-4]):[0-5]\d$/, 'a time is 09:00'))
const Quarter = v.pipe(v.string(), v.regex(/^(([01]\d|2[0-3]):(00|15|30|45)|24:00)$/, 'a time is 09:00, 09:15, 09:30 or 09:45'))

/**
 * `open`: half-open spans in the country's own time; a span whose end is before its start runs past midnight.
 * `null` as a whole: not known. `as_of`: the year or day the source says so.
 */
export const Hours = v.nullable(
  v.strictObject({
    open: v.array(v.strictObject({ days: v.array(v.picklist(DAYS)), from: Clock, to: Clock })),
    as_of: v.optional(v.nullable(PartialDate)),
  }),
)
export type Hours = v.InferOutput<typeof Hours>

export const ServiceFile = v.strictObject({
  id: Id,
  country: v.string(),
  name: Names,
  /** What stands beside its number on a screen: calm and short. */
  short: v.optional(Names),
  kind: v.picklist(KINDS),
  needs: v.array(v.picklist(NEEDS)),
  /** Needs this line can pass somebody on to, though it does not meet them itself. */
  leads_to: v.optional(v.array(v.picklist(NEEDS)), []),
  scope: v.picklist(['national', 'oblast', 'raion', 'hromada', 'region', 'district']),
  areas: v.pipe(v.array(v.string()), v.minLength(1)),
  /** `number` is dialled; `display` is how it is written for people, where its own country writes it otherwise. */
  phones: v.array(v.strictObject({ number: v.string(), display: v.optional(v.string()), note: v.nullable(v.string()), show: v.boolean() })),
  channels: v.array(v.strictObject({ type: v.string(), value: v.array(v.string()), show: v.boolean() })),
  hours: Hours,
  hours_text: v.nullable(v.string()),
  languages: v.nullable(v.array(v.string())),
  /** Ids of words in `locales/<language>/services.json`, `serves.*` and `offers.*`. */
  serves: v.array(Id),
  offers: v.array(Id),
  free: v.nullable(v.boolean()),
  anonymous: v.nullable(v.boolean()),
  /** Can one write instead of speak; do they tell the police: true, false, or null for not known. */
  write: v.nullable(v.boolean()),
  tells_police: v.nullable(v.boolean()),
  address: v.nullable(v.string()),
  address_confidential: v.boolean(),
  place_confidential: v.boolean(),
  contact_via: v.array(Id),
  /** Key of a sentence in `locales/<language>/services.json` `cautions.*` that the card must carry. */
  cautions: v.optional(v.array(Id), []),
  /** Never shown in these situations: `abroad`, `occupied`, `emergency`. */
  never: v.optional(v.array(v.picklist(['abroad', 'occupied', 'emergency'])), []),
  status: v.picklist(['active-per-source', 'unverified-2026', 'contact-unknown']),
  publish: v.picklist(['yes', 'caution', 'no']),
  confidence: v.picklist(['high', 'medium', 'low']),
  source: v.array(Source),
  /** For editors; binding. Nothing of it is shown. */
  notes: v.string(),
  last_source_date: v.nullable(PartialDate),
  read_on: PartialDate,
  verified: v.nullable(
    v.strictObject({ on: PartialDate, by: v.string(), how: v.picklist(['rang', 'wrote', 'visited']), source: v.nullable(v.string()) }),
  ),
})
export type Service = v.InferOutput<typeof ServiceFile>

export const Organisation = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1)),
  countries: v.array(v.string()),
  languages: v.array(v.string()),
  default_language: v.string(),
  default_country: v.string(),
  neutral_name: v.pipe(v.string(), v.minLength(1)),
  site: v.array(v.string()),
  bot: v.array(v.string()),
  exit: v.record(v.string(), v.array(v.strictObject({ name: v.string(), url: v.pipe(v.string(), v.url()) }))),
  first_lines: v.record(v.string(), v.array(v.string())),
  /** When people answer in the talk, by the clock of `country`; a span whose end is before its start runs past midnight. Empty: not known. */
  hours: v.optional(
    v.array(
      v.strictObject({
        country: v.picklist(COUNTRIES),
        /** Of those who answer then; without it, any. */
        languages: v.optional(v.array(v.picklist(LANGUAGES))),
        days: v.pipe(v.array(v.picklist(DAYS)), v.minLength(1)),
        from: Quarter,
        to: Quarter,
      }),
    ),
    [],
  ),
  /** The sealed talk; without it, or without roots, nobody can be asked for. `docs/talk.md` */
  talk: v.optional(
    v.strictObject({
      id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{2,40}$/)),
      desk: v.pipe(v.string(), v.url()),
      roots: v.array(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{87}$/))),
      floor: v.pipe(v.number(), v.integer(), v.minValue(1)),
    }),
  ),
})
export type Organisation = v.InferOutput<typeof Organisation>
export type TalkHours = Organisation['hours'][number]
