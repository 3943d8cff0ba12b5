/**
 * Whose limits a text is held against. One file knows a country's own language and Russian, not equally well: a likelihood that means danger in
 * one may mean little in the other.
 */
import type { Language } from '../../schema/terms.ts'

export const TONGUES = ['own', 'russian', 'english'] as const
export type Tongue = (typeof TONGUES)[number]

const NOT_RUSSIAN = /[іїєґәғқңөұүһҷҳӣӯўäñşžýòōūğı]/iu
/** Russian has these, and so have the languages of Central Asia. */
const NOT_UKRAINIAN = /[ыэёъ]/iu

/** Letters tell, where there are such; else the page does. @param english  what the reading says */
export function tongueOf(text: string, english: boolean, page: Language): Tongue {
  if (english) return 'english'
  if (NOT_RUSSIAN.test(text)) return 'own'
  if (page === 'uk' && NOT_UKRAINIAN.test(text)) return 'russian'
  return page === 'ru' ? 'russian' : 'own'
}
