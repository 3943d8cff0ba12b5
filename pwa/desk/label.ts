/** A word for a visitor, never a name: made of the talk's tag, the same on every desk, so that two colleagues mean the same talk. */

/** @param words  32 of them @returns two words, or 1,024 different labels */
export function labelOf(tag: string, words: readonly string[]): string {
  let hash = 0
  for (const char of tag) hash = (hash * 31 + char.charCodeAt(0)) >>> 0
  const at = (n: number): string => words[n % words.length] ?? ''
  const [first, second] = [hash % words.length, Math.floor(hash / words.length) % words.length]
  return `${at(first)} – ${at(second === first ? second + 1 : second)}`
}
