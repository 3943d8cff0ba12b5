/** The same phrase as others would type it: with slips, in Latin letters, signs dropped. By rule, and the same on every run. */
import { romanise } from './latin.ts'

/** Mulberry32: a small generator whose numbers are the same everywhere. */
export function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A letter left out, doubled away, swapped with the next, or replaced. */
export function slip(text: string, roll: () => number): string {
  const letters = [...text]
  const times = 1 + Math.floor(letters.length / 30)
  for (let time = 0; time < times; time++) {
    const at = Math.floor(roll() * letters.length)
    if (!/\p{L}/u.test(letters[at] ?? '')) continue
    const how = roll()
    if (how < 0.4) letters.splice(at, 1)
    else if (how < 0.75 && at + 1 < letters.length) [letters[at], letters[at + 1]] = [letters[at + 1] as string, letters[at] as string]
    else letters[at] = letters[Math.floor(roll() * letters.length)] as string
  }
  return letters.join('')
}

export const vary = (text: string, roll: () => number): string => (roll() < 0.3 ? romanise(text, roll) : slip(text, roll))
