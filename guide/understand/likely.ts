/** How likely each answer is for a text: as a whole, and sentence by sentence, because danger may stand in one of many. */
import { type Language, TOPICS } from '../../schema/terms.ts'
import { CRISIS_HEAD, DOOR_HEAD, TOPIC_HEAD, UNRELATED } from './answers.ts'
import { signIn } from './crisis.ts'
import { answer, type InOrder, type Model } from './model.ts'
import { readings } from './reading.ts'
import { type Tongue, tongueOf } from './tongue.ts'
import { joined, type Weighed, weigh } from './vector.ts'

/** `topics` in the order of `TOPICS`; `doors` of `DOORS`, "does not tell" before them. All between 0 and 1. */
export type Likely = { tongue: Tongue; topics: Float32Array; unrelated: number; danger: number; suicide: number; doors: Float32Array }

// More sentences than these are read as one text only.
const MOST_SENTENCES = 40
// A sentence of one word tells little by itself.
const FEWEST_WORDS = 2
// A plain sign counts beside what the weights say; where a file was not taught the language, it is all there is.
const SIGN = 0.2

// Danger is asked for twice, as a topic and by itself; where both say so it is surer.
const [DANGER_TOPIC, SUICIDE_TOPIC] = [TOPICS.indexOf('danger-now'), TOPICS.indexOf('suicide')]
const dangerIn = (answers: Float32Array): number => mean(answers[CRISIS_HEAD.from + 1] as number, answers[DANGER_TOPIC] as number)
const suicideIn = (answers: Float32Array): number => mean(answers[CRISIS_HEAD.from + 2] as number, answers[SUICIDE_TOPIC] as number)
const mean = (one: number, other: number): number => (one + other) / 2

/** @returns null when the text holds no word */
export function likely(model: Model, text: string, language: Language): Likely | null {
  const own = likelyAlone(model, text, language)
  if (own?.tongue !== 'russian' || model.beside === undefined) return own
  const other = likelyAlone(model.beside, text, language)
  return other?.tongue === own.tongue ? meanOf(own, other) : own
}

const meanOf = (one: Likely, other: Likely): Likely => ({
  tongue: one.tongue,
  topics: one.topics.map((value, topic) => mean(value, other.topics[topic] as number)),
  unrelated: mean(one.unrelated, other.unrelated),
  danger: mean(one.danger, other.danger),
  suicide: mean(one.suicide, other.suicide),
  doors: one.doors.map((value, door) => mean(value, other.doors[door] as number)),
})

function likelyAlone(model: Model, text: string, language: Language): Likely | null {
  const [{ english, sentences }, ...others] = readings(model.likenesses, text, language)
  if (sentences.length === 0) return null
  const weighed = sentences.map((words) => weigh(model.lexicon, words, english))
  const whole = answer(model, joined(weighed))
  const out: Likely = {
    tongue: tongueOf(text, english, language),
    topics: whole.slice(TOPIC_HEAD.from, TOPIC_HEAD.from + UNRELATED),
    unrelated: whole[UNRELATED] as number,
    danger: dangerIn(whole),
    suicide: suicideIn(whole),
    doors: whole.slice(DOOR_HEAD.from, DOOR_HEAD.to),
  }
  if (weighed.length > 1 && weighed.length <= MOST_SENTENCES) bySentence(model, weighed, out)
  const worth = isTaught(model, english) ? SIGN : 1
  for (const sign of new Set(weighed.map((one) => one.sign))) if (sign !== null) out[sign] = Math.min(1, out[sign] + worth)
  if (model.net !== undefined) inOrder(model.net, weighed, english, out)
  // A sign is heard in every reading: help is also asked for in Latin letters that look English.
  for (const other of others)
    for (const words of other.sentences) {
      const sign = signIn(words, other.english)
      if (sign !== null) out[sign] = 1
    }
  return out
}

/** What the weights say and what the net does are worth the same. */
function inOrder(net: InOrder, weighed: readonly Weighed[], english: boolean, out: Likely): void {
  const own = net.answer(weighed, english)
  for (let topic = 0; topic < UNRELATED; topic++) out.topics[topic] = mean(out.topics[topic] as number, own[topic] as number)
  out.unrelated = mean(out.unrelated, own[UNRELATED] as number)
  out.danger = mean(out.danger, own[CRISIS_HEAD.from + 1] as number)
  out.suicide = mean(out.suicide, own[CRISIS_HEAD.from + 2] as number)
}

const isTaught = ({ head }: Model, english: boolean): boolean => head.languages.some((language) => (language === 'en') === english)

/** Each answer as the mean of the whole text and of the sentence where it is likeliest. */
function bySentence(model: Model, weighed: readonly Weighed[], out: Likely): void {
  const best = new Float32Array(UNRELATED)
  let [related, danger, suicide] = [1, out.danger, out.suicide]
  for (const one of weighed) {
    if (one.words.length < FEWEST_WORDS) continue
    const own = answer(model, one.sparse)
    for (let topic = 0; topic < UNRELATED; topic++) best[topic] = Math.max(best[topic] as number, own[topic] as number)
    related = Math.min(related, own[UNRELATED] as number)
    danger = Math.max(danger, dangerIn(own))
    suicide = Math.max(suicide, suicideIn(own))
  }
  for (let topic = 0; topic < UNRELATED; topic++) out.topics[topic] = mean(out.topics[topic] as number, best[topic] as number)
  out.unrelated = mean(out.unrelated, related)
  out.danger = mean(out.danger, danger)
  out.suicide = mean(out.suicide, suicide)
}
