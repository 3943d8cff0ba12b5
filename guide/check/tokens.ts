/** What stands in prose besides words: `{{tokens}}`, digits, telephone numbers. */

const TOKEN = /\{\{\s*([^{}]*?)\s*\}\}/g

/** `{{tel:ua-1547}}` → `tel:ua-1547`, in order. */
export const tokensIn = (text: string): string[] => [...text.matchAll(TOKEN)].map((match) => match[1] ?? '')

/** `{{with:ua-1547}}` shows nothing: it ties its paragraph to a number that is not shown everywhere. */
const TIE = /\{\{\s*with:[^{}]*\}\}/g

export const withoutTokens = (text: string): string => text.replace(TIE, '').replace(TOKEN, ' \u25a1 ')

/** Service ids whose number the text shows. */
export const telIn = (text: string): string[] =>
  tokensIn(text)
    .filter((token) => token.startsWith('tel:'))
    .map((token) => token.slice('tel:'.length))

export const digitGroups = (text: string): string[] => withoutTokens(text).match(/\d+/g) ?? []

/** Service ids whose number must be shown for a paragraph to stand. */
export const withIn = (text: string): string[] =>
  tokensIn(text)
    .filter((token) => token.startsWith('with:'))
    .map((token) => token.slice('with:'.length))

/** A token counts as one word, a tie to a number or a dash alone as none. */
export const countWords = (text: string): number =>
  text
    .replace(TIE, '')
    .replace(TOKEN, 'token')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word)).length

export type Figure = { text: string; before: string; after: string }

/** Numbers as a reader sees them: `24/7`, `1 700`, `13.03.2019`, `116 123`. */
export function figuresIn(text: string): Figure[] {
  const plain = withoutTokens(text)
  return [...plain.matchAll(/\+?\d+(?:(?:[\s.,:/–-]|\s?\(|\)\s?)\d+)*/g)].map((match) => ({
    text: match[0],
    before: plain.slice(0, match.index),
    after: plain.slice(match.index + match[0].length),
  }))
}

export const digitsOf = (text: string): string => text.replace(/\D/g, '')

/** Written differently, the same number: spaces, dashes and a leading zero of an hour do not count. */
export const sameFigure = (text: string): string =>
  text
    .replace(/[\s\u00a0\u202f]/g, '')
    .replace(/[–—−]/g, '-')
    .replace(/\b0(\d:\d\d)/g, '$1')
