/**
 * What a printed or shared link to the bot carries: language and area, so that a leaflet of a hromada opens on its own services.
 *
 * Bot API: a start parameter is up to 64 of `A-Za-z0-9_-`. Layout: `version (1) language (1) country (1) area, check (2)`. It is not
 * secret, only not readable at a glance; the check tells a slip of the pen from a link.
 */
import { answerCode } from '../../guide/position.ts'
import { COUNTRIES, type Country, LANGUAGES, type Language } from '../../schema/terms.ts'
import { packArea, unpackArea } from './data.ts'

export type Link = { language: Language; country: Country; area: string | null }

const VERSION = 'a'
const CHECK = 2

const letter = (index: number): string => String.fromCharCode(97 + index)
const index = (text: string | undefined): number => (text ?? '').charCodeAt(0) - 97

const checkOf = (body: string): string => answerCode('link', body).slice(0, CHECK)

export function writeLink({ language, country, area }: Link): string {
  const body = `${VERSION}${letter(LANGUAGES.indexOf(language))}${letter(COUNTRIES.indexOf(country))}${area === null ? '' : packArea(area)}`
  return body + checkOf(body)
}

/** @returns null for what is no link of ours: she is welcomed all the same */
export function readLink(sent: string): Link | null {
  const body = sent.slice(0, -CHECK)
  const [language, country] = [LANGUAGES[index(body[1])], COUNTRIES[index(body[2])]]
  if (body[0] !== VERSION || !language || !country || checkOf(body) !== sent.slice(-CHECK)) return null
  const area = unpackArea(body.slice(3))
  return { language, country, area: area === '' ? null : area }
}
