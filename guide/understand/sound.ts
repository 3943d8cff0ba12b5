/**
 * One word as it sounds, in twenty-odd Latin letters: Ukrainian, Russian, Kazakh, Latin typing and dropped signs meet.
 *
 * Coarser than `fold.ts`, which keeps names apart: here г and х are one (people romanise both as h), and every и, й, ы, і is i.
 */

const GROUPS =
  'aаәяaäâ bбb vвwv hгґғхһҳhgxğ dдd eеєёэeé jжҷž zзz iиіїйыӣјiyjýıí kкқkq lлl mмm nнңnňñ oоөoö pпp rрr sсs tтt uуюўұүӯuüú fфf cцc qчç wшщş'
const FIRST_FREE = 0x530
const SOUND = new Uint8Array(FIRST_FREE)
for (const [sound = '', ...letters] of GROUPS.split(' ')) for (const letter of letters) SOUND[letter.charCodeAt(0)] = sound.charCodeAt(0)

// How Latin typing writes what Cyrillic has one letter for; the right side is Cyrillic.
const DIGRAPHS: [RegExp, string][] = [
  [/shch|sch|sh/g, 'ш'],
  [/zh/g, 'ж'],
  [/[kg]h/g, 'х'],
  [/ts|tz/g, 'ц'],
  [/ch/g, 'ч'],
  [/ck/g, 'к'],
]

const [A, E, I, O, U] = [97, 101, 105, 111, 117] as const
const isVowel = (sound: number): boolean => sound === A || sound === E || sound === I || sound === O || sound === U

/** Longer words are no words. */
const LONGEST_WORD = 28

/** Sounds of a word in lower-case letters; `''` when nothing in it is a letter. */
export function soundOf(word: string): string {
  let spelt = word
  if (/[a-z]/.test(word)) for (const [letters, sound] of DIGRAPHS) spelt = spelt.replace(letters, sound)
  let out = ''
  let last = 0
  for (let at = 0; at < spelt.length && out.length < LONGEST_WORD; at++) {
    const code = spelt.charCodeAt(at)
    const sound = code < FIRST_FREE ? (SOUND[code] as number) : 0
    if (sound === 0 || sound === last) continue
    // й and the romanised y, i or j before a vowel are one sound with it: моє, moye, moje.
    if (last === I && isVowel(sound)) out = out.slice(0, -1)
    out += String.fromCharCode(sound)
    last = sound
  }
  return out
}

/** The word with its vowels alike and runs of them as one: бʼє and бьёт, помогите and помагіте come near. */
export function skeletonOf(sound: string): string {
  let out = ''
  let before = false
  for (let at = 0; at < sound.length; at++) {
    const vowel = isVowel(sound.charCodeAt(at))
    if (!vowel) out += sound[at]
    else if (!before) out += 'e'
    before = vowel
  }
  return out
}
