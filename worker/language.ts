/** The language a browser asks for, out of those the organisation offers: a guess, offered on the first screen and never imposed. */
import type { Language } from '../schema/terms.ts'

/** Longer than any browser sends; what comes after is not read. */
const MAX_HEADER = 400

export function guessLanguage(accepted: string | null, offered: readonly Language[], otherwise: Language): Language {
  const wishes = (accepted ?? '')
    .slice(0, MAX_HEADER)
    .split(',')
    .slice(0, 20)
    .map((wish) => {
      const [tag = '', quality = ''] = wish.trim().split(/\s*;\s*q=/)
      return { tag: tag.toLowerCase().split('-')[0], quality: quality === '' ? 1 : Number(quality) || 0 }
    })
    .sort((a, b) => b.quality - a.quality)
  for (const { tag, quality } of wishes) {
    const found = quality > 0 ? offered.find((language) => language === tag) : undefined
    if (found) return found
  }
  return otherwise
}
