/** Every digit a visitor reads has a fact behind it, and is the same in every language. */
import type { Language } from '../../schema/terms.ts'
import { type Atlas, baseFor, everyStep, languagesFor, type Placed, textsOf, wordsAt, wordsOf } from './atlas.ts'
import { type Finding, fault } from './finding.ts'
import { digitGroups, digitsOf, type Figure, figuresIn, sameFigure, tokensIn } from './tokens.ts'

/** What stands before or after a number that is plainly no telephone. */
const UNIT =
  /^\s*[-‑]?\s*(дн|доб|год|хв|грн|грив|₴|міс|мес|тиж|нед|рок|рік|лет|год|час|мин|сут|раз|км|hour|day|month|week|year|minute|min|UAH|hryvn|times|km|%)/iu
const ARTICLE = /(ст\.|стат\p{L}*|пост\p{L}*|закон\p{L}*|наказ\p{L}*|приказ\p{L}*|Arts?\.?|articles?|resolution|law|order|№|No\.?|§)\s*$/iu

/** Digits of every number of the directory, also those that may not be shown, as written inside the country and from abroad. */
export function knownNumbers(atlas: Atlas): Set<string> {
  const digits = atlas.content.services.flatMap((service) => service.phones.map((phone) => digitsOf(phone.number)))
  return new Set(digits.flatMap((number) => [number, number.replace(/^38(?=0)/, '')]).filter((number) => number.length >= 3))
}

function isPhone(known: Set<string>, figure: Figure): boolean {
  const digits = digitsOf(figure.text)
  if (figure.text.startsWith('+') || /^0[\s-]?800/.test(figure.text)) return true
  if (digits.length >= 9 && !/^\d{1,3}([\s.,]\d{3})+$/.test(figure.text)) return true
  if (UNIT.test(figure.after) || ARTICLE.test(figure.before)) return false
  return known.has(digits)
}

/** Numbers as the cited facts hold them; a whole date also gives its day and year. */
function citedNumbers(atlas: Atlas, placed: Placed): Set<string> {
  const careFacts = placed.step.care.flatMap((id) => atlas.care.get(id)?.fact ?? [])
  const numbers = [...placed.step.facts, ...careFacts].flatMap((id) => atlas.facts.get(id)?.fact.numbers ?? [])
  const parts = numbers.flatMap((number) => {
    const [, day, , year] = /^(\d{1,2})\.(\d{2})\.(\d{4})$/.exec(number) ?? []
    return day && year ? [String(Number(day)), year] : []
  })
  return new Set([...numbers, ...parts].map(sameFigure))
}

const isCited = (cited: Set<string>, figure: Figure): boolean =>
  cited.has(sameFigure(figure.text)) || digitGroups(figure.text).every((group) => cited.has(group))

function figureFaults(atlas: Atlas, known: Set<string>, language: Language, placed: Placed): Finding[] {
  const cited = citedNumbers(atlas, placed)
  const where = wordsAt(language, placed)
  const found = new Map<string, Finding>()
  for (const figure of textsOf(atlas.content, language, placed).flatMap(figuresIn)) {
    if (isPhone(known, figure))
      found.set(
        figure.text,
        fault('raw-phone', where, `The telephone number "${figure.text}" is typed into the words.`, 'Write {{tel:<service id>}} instead.'),
      )
    else if (!isCited(cited, figure))
      found.set(
        figure.text,
        fault(
          'uncited-number',
          where,
          `No fact the step cites holds the number "${figure.text}".`,
          'Cite the fact that holds it under "facts", or leave the number out.',
        ),
      )
  }
  return [...found.values()]
}

const counted = (texts: string[]): string[] =>
  texts.flatMap((text) => [...digitGroups(text), ...tokensIn(text).map((token) => `{{${token}}}`)]).sort()

/** What one list has more often than the other. */
export function surplus(more: string[], less: string[]): string[] {
  const left = [...less]
  return more.filter((item) => {
    const index = left.indexOf(item)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

/** `null` when both texts hold the same numbers and tokens, else what differs, in words. */
export function difference(base: string[], other: string[]): string | null {
  const lacks = surplus(counted(base), counted(other))
  const adds = surplus(counted(other), counted(base))
  if (lacks.length === 0 && adds.length === 0) return null
  return [lacks.length > 0 ? `lacks ${lacks.join(', ')}` : '', adds.length > 0 ? `adds ${adds.join(', ')}` : ''].filter(Boolean).join('; ')
}

function unequal(atlas: Atlas, language: Language, placed: Placed): Finding[] {
  const { content } = atlas
  const base = baseFor(placed)
  if (language === base || !wordsOf(content, base, placed) || !wordsOf(content, language, placed)) return []
  const differs = difference(textsOf(content, base, placed), textsOf(content, language, placed))
  if (differs === null) return []
  return [
    fault(
      'unequal-numbers',
      wordsAt(language, placed),
      `Numbers differ from "${base}": "${language}" ${differs}.`,
      'Write the same numbers and {{tokens}}, as digits, in every language.',
    ),
  ]
}

export function checkNumbers(atlas: Atlas): Finding[] {
  const known = knownNumbers(atlas)
  const steps = everyStep(atlas.content)
  return [
    ...steps.flatMap((placed) =>
      languagesFor(atlas.content, placed).flatMap((language) => [
        ...figureFaults(atlas, known, language, placed),
        ...unequal(atlas, language, placed),
      ]),
    ),
  ]
}
