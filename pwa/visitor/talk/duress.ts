/** Whether what was typed is the word at which her side turns harmless. Pure. */

/** As somebody types in a hurry, or in another's name: case, spaces and marks around it do not count. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

export const isWord = (typed: string, word: string): boolean => plain(word) !== '' && plain(typed) === plain(word)
