/** What fits one screen: words, choices, labels, and what a message and a button of the bot can carry. */
import type { Service } from '../../schema/content.ts'
import { type Country, type Language, SPOKEN } from '../../schema/terms.ts'
import { UNSET } from '../engine.ts'
import {
  type Atlas,
  at,
  everyStep,
  isRecord,
  type Land,
  labelOf,
  languagesFor,
  languagesOf,
  type Placed,
  shownTexts,
  wordsAt,
  wordsOf,
} from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { servicesFor } from './help.ts'
import { countWords, telIn } from './tokens.ts'

// DESIGN, budgets
export const SCREEN_WORDS = 60
export const SCREEN_CHOICES = 8
export const LABEL_WORDS = 7
// Bot API: a message is 1–4096 characters after entities parsing, callback_data is 1–64 bytes
export const MESSAGE_CHARACTERS = 4096
export const CALLBACK_BYTES = 64

/** A message lists as many services as fit; this many must, even were they the longest cards of all. */
export const LISTED_SERVICES = 2
/** What a card adds to the words of its record: reach, hours, cost, languages, the threefold answers, the date of the source. */
const CARD_FRAME = 400
/** Buttons every screen has by itself: back, to the start, stop, exit. */
const SCREEN_FRAME = 120

/** Choices that stand on a step at least and at most, over all answers given before. */
export function offered(step: Placed['step'], answers: Map<string, Set<string>>): { least: number; most: number } {
  const keys = [...new Set(step.choices.flatMap((choice) => Object.keys(choice.when ?? {})))]
  let combinations: Record<string, string>[] = [{}]
  for (const key of keys)
    combinations = combinations.flatMap((given) => [given, ...[...(answers.get(key) ?? [])].map((value) => ({ ...given, [key]: value }))])
  const desks = [...new Set(step.choices.flatMap(({ desk }) => desk ?? []))]
  const houses = desks.length > 0 ? [true, false] : [undefined]
  const counts = combinations.flatMap((given) =>
    houses.map(
      (house) =>
        step.choices
          .filter(({ desk }) => desk === undefined || desk === house)
          .filter((choice) => Object.entries(choice.when ?? {}).every(([key, wanted]) => [wanted].flat().includes(given[key] ?? UNSET)))
          .length,
    ),
  )
  return { least: Math.min(...counts), most: Math.max(...counts) }
}

export function answersIn(land: Land): Map<string, Set<string>> {
  const answers = new Map<string, Set<string>>()
  for (const { step } of land.steps.values())
    for (const { sets } of step.choices)
      for (const [key, value] of Object.entries(sets ?? {})) answers.set(key, (answers.get(key) ?? new Set()).add(value))
  return answers
}

function choiceFaults(land: Land): Finding[] {
  const answers = answersIn(land)
  return [...land.steps.values()].flatMap((placed) => {
    const found: Finding[] = []
    const { least, most } = offered(placed.step, answers)
    if (most > SCREEN_CHOICES)
      found.push(
        fault(
          'too-many-choices',
          at(placed),
          `Up to ${most} choices stand on this screen; at most ${SCREEN_CHOICES} may.`,
          'Gather some of them on a further step.',
        ),
      )
    if (least === 0 && placed.step.choices.length > 0 && placed.step.ends === undefined)
      found.push(fault('dead-end', at(placed), 'With some answers none of its choices is offered.', 'Add a choice without "when".'))
    for (const choice of placed.step.choices)
      for (const [key, wanted] of Object.entries(choice.when ?? {}))
        for (const value of [wanted].flat().filter((one) => one !== UNSET))
          if (!answers.get(key)?.has(value))
            found.push(
              fault(
                'never-offered',
                at(placed),
                `The choice "${choice.id}" waits for the answer "${key}: ${value}", which no choice sets.`,
                'Correct "when", or add "sets" where it is answered.',
              ),
            )
    return found
  })
}

function wordFaults(atlas: Atlas, language: Language, placed: Placed): Finding[] {
  const words = wordsOf(atlas.content, language, placed)
  if (!words) return []
  const found: Finding[] = []
  const care = placed.step.care.flatMap((id) => careLines(atlas, language, id))
  const count = [words.title, ...words.text, words.hope, ...care].reduce((sum, text) => sum + countWords(text), 0)
  if (count > SCREEN_WORDS)
    found.push(
      fault(
        'too-many-words',
        wordsAt(language, placed),
        `${count} words on one screen; at most ${SCREEN_WORDS} may stand there.`,
        'Shorten, or move a thought to a step of its own.',
      ),
    )
  for (const choice of placed.step.choices) {
    const label = labelOf(atlas.content, language, placed, choice.id)
    if (countWords(label) > LABEL_WORDS)
      found.push(
        fault(
          'long-label',
          wordsAt(language, placed),
          `The label of "${choice.id}" has ${countWords(label)} words; at most ${LABEL_WORDS} may.`,
          'Shorten the label.',
        ),
      )
  }
  return found
}

/** One line of the list of care, whichever way it reads longest. */
function careLines(atlas: Atlas, language: Language, id: string): string[] {
  const words = wordInCare(atlas, language, id)
  if (!isRecord(words)) return []
  const lines = [words.possible, words.later].map((part) => [words.name, part].filter((text) => typeof text === 'string').join(' '))
  return lines.sort((one, other) => countWords(other) - countWords(one)).slice(0, 1)
}

const wordIn = (table: unknown, key: string): string => {
  const value = isRecord(table) ? table[key] : undefined
  return typeof value === 'string' ? value : key
}

const longestName = (service: Service | undefined): string =>
  Object.values(service?.name ?? {}).reduce<string>((longest, name = '') => (name.length > longest.length ? name : longest), '')

function cardLength(atlas: Atlas, language: Language, service: Service): number {
  const table = atlas.content.words[language]?.services ?? {}
  const parts = [
    longestName(service),
    ...service.phones.filter((phone) => phone.show).map((phone) => phone.number),
    ...service.contact_via.map((id) => `${longestName(atlas.services.get(id))}, +380 00 000 00 00`),
    ...service.channels.filter((channel) => channel.show).flatMap((channel) => channel.value),
    service.address_confidential ? '' : (service.address ?? ''),
    ...service.serves.map((id) => wordIn(table.serves, id)),
    ...service.offers.map((id) => wordIn(table.offers, id)),
    ...service.cautions.map((id) => wordIn(table.cautions, id)),
  ]
  return CARD_FRAME + parts.reduce((sum, part) => sum + part.length + 2, 0)
}

/** Characters of the longest message this step can become, services and citations included. */
export function messageLength(atlas: Atlas, land: Land, language: Language, placed: Placed): number {
  const texts = shownTexts(atlas.content, language, placed)
  const numbers = [...texts.flatMap(telIn), ...placed.step.call].flatMap((id) =>
    (atlas.services.get(id)?.phones ?? []).filter((phone) => phone.show).map((phone) => phone.number),
  )
  const cards = new Set(placed.step.facts.flatMap((id) => atlas.facts.get(id)?.card.card ?? []))
  const citations = [...cards].map((card) => wordIn(atlas.content.words[language]?.facts?.cards, card))
  const listed =
    placed.step.services === undefined
      ? []
      : servicesFor(atlas, land, placed.step.services).map((service) => cardLength(atlas, language, service))
  const longest = listed.sort((a, b) => b - a).slice(0, LISTED_SERVICES)
  const care = placed.step.care.map((id) => JSON.stringify(wordInCare(atlas, language, id)))
  return (
    SCREEN_FRAME +
    [...texts, ...numbers, ...citations, ...care].reduce((sum, text) => sum + text.length + 2, 0) +
    longest.reduce((sum, length) => sum + length, 0)
  )
}

function wordInCare(atlas: Atlas, language: Language, id: string): unknown {
  const table = atlas.content.words[language]?.care?.care
  return (isRecord(table) ? table[id] : undefined) ?? ''
}

/**
 * Bytes of the button data for one choice, as the bot packs it:
 * `step . choice . country . language . mac`, all ASCII; the MAC's 8 bytes are 11 characters of base64url.
 */
export const callbackBytes = (step: string, choice: string, country: Country | string, language: Language | string): number =>
  // UTF-8 without an encoder, which a pure room does not have: every byte beyond ASCII becomes one %XX
  encodeURIComponent([step, choice, country, language, 'x'.repeat(11)].join('.')).replace(/%../g, 'x').length

function buttonFaults(atlas: Atlas, land: Land, language: Language, placed: Placed): Finding[] {
  const { codes } = atlas.content
  return placed.step.choices.flatMap((choice) => {
    const bytes = callbackBytes(codes.steps[placed.id] ?? '', codes.choices[choice.id] ?? '', land.country, language)
    if (bytes <= CALLBACK_BYTES) return []
    return [
      fault(
        'long-button',
        at(placed),
        `The button of "${choice.id}" carries ${bytes} bytes; at most ${CALLBACK_BYTES} fit.`,
        'Give the step and the choice short codes in guide/content/codes.json.',
      ),
    ]
  })
}

export function checkSizes(atlas: Atlas): Finding[] {
  const found = atlas.lands.flatMap(choiceFaults)
  for (const language of languagesOf(atlas.content)) {
    found.push(
      ...everyStep(atlas.content).flatMap((placed) =>
        languagesFor(atlas.content, placed).includes(language) ? wordFaults(atlas, language, placed) : [],
      ),
    )
    for (const land of atlas.lands.filter(({ country }) => SPOKEN[country].includes(language)))
      for (const placed of land.steps.values()) {
        const length = messageLength(atlas, land, language, placed)
        if (length > MESSAGE_CHARACTERS)
          found.push(
            fault(
              'long-message',
              wordsAt(language, placed),
              `As a message it may come to ${length} characters; at most ${MESSAGE_CHARACTERS} fit.`,
              'Shorten the words, the cautions of its services or their descriptions.',
            ),
          )
        found.push(...buttonFaults(atlas, land, language, placed))
      }
  }
  return found
}
