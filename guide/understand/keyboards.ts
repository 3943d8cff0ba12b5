/** What was typed with the keyboard left in another alphabet, as it would read with the right one: gjvjubnt is помогите. */

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
const UKRAINIAN = 'йцукенгшщзхїфівапролджєячсмитьбю'
const RUSSIAN = 'йцукенгшщзхъфывапролджэячсмитьбю'

const retyped = (text: string, from: string, to: string): string => {
  let out = ''
  for (const letter of text) {
    const at = from.indexOf(letter)
    out += at < 0 ? letter : to.charAt(at)
  }
  return out
}

export const toUkrainian = (text: string): string => retyped(text, LATIN, UKRAINIAN)
export const toRussian = (text: string): string => retyped(text, LATIN, RUSSIAN)
/** The row of letters is nearly one for both Cyrillic keyboards. */
export const toLatin = (text: string): string => retyped(text.replace(/ы/g, 'і').replace(/э/g, 'є').replace(/ъ/g, 'ї'), UKRAINIAN, LATIN)
