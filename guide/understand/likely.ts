/** How likely each answer is for a text: as a whole, and sentence by sentence, because danger may stand in one of many. */
import type { Language } from '../../schema/terms.ts'
import { CRISIS_HEAD, DOOR_HEAD, TOPIC_HEAD, UNRELATED } from './answers.ts'
import { signIn } from './crisis.ts'
import { answer, type Model } from './model.ts'
import { readings } from './reading.ts'
import { joined, weigh } from './vector.ts'

/** `topics` in the order of `TOPICS`; `doors` of `DOORS`, "does not tell" before them. All between 0 and 1. */
export type Likely = { english: boolean; topics: Float32Array; unrelated: number; danger: number; suicide: number; doors: Float32Array }

// More sentences than these are read as one text only.
const MOST_SENTENCES = 40
// A sentence of one word tells little by itself.
const FEWEST_WORDS = 2
// What a rule hears is heard.
const SURE = 0.99

/** @returns null when the text holds no word */
export function likely(model: Model, text: string, language: Language): Likely | null {
  const [{ english, sentences }, ...others] = readings(model.likenesses, text, language)
  if (sentences.length === 0) return null
  const weighed = sentences.map((words) => weigh(model.lexicon, words, english))
  const whole = answer(model, joined(weighed))
  const out: Likely = {
    english,
    topics: whole.slice(TOPIC_HEAD.from, TOPIC_HEAD.from + UNRELATED),
    unrelated: whole[UNRELATED] as number,
    danger: whole[CRISIS_HEAD.from + 1] as number,
    suicide: whole[CRISIS_HEAD.from + 2] as number,
    doors: whole.slice(DOOR_HEAD.from, DOOR_HEAD.to),
  }
  // A sign is heard in every reading: help is also asked for in Latin letters that look English.
  const elsewhere = others.flatMap((other) => other.sentences.map((words) => signIn(words, other.english)))
  for (const sign of [...weighed.map((one) => one.sign), ...elsewhere]) if (sign !== null) out[sign] = Math.max(out[sign], SURE)
  if (weighed.length === 1 || weighed.length > MOST_SENTENCES) return out
  const best = new Float32Array(UNRELATED)
  let related = 1
  for (const one of weighed) {
    if (one.words.length < FEWEST_WORDS) continue
    const own = answer(model, one.sparse)
    for (let topic = 0; topic < UNRELATED; topic++) best[topic] = Math.max(best[topic] as number, own[topic] as number)
    related = Math.min(related, own[UNRELATED] as number)
    out.danger = Math.max(out.danger, own[CRISIS_HEAD.from + 1] as number)
    out.suicide = Math.max(out.suicide, own[CRISIS_HEAD.from + 2] as number)
  }
  for (let topic = 0; topic < UNRELATED; topic++) out.topics[topic] = ((out.topics[topic] as number) + (best[topic] as number)) / 2
  out.unrelated = (out.unrelated + related) / 2
  return out
}
