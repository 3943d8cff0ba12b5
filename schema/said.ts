/**
 * What is written inside a sealed message, and inside the first words: JSON that only the two ends read. The server never sees it, so a
 * page must take whatever another version of the other page may send: what does not parse is shown as "a message this page cannot show".
 */
import * as v from 'valibot'
import { LANGUAGES, TOPICS } from './terms.ts'

const words = v.pipe(v.string(), v.maxLength(4000))
const short = v.pipe(v.string(), v.maxLength(200))
const number = v.pipe(v.number(), v.integer(), v.minValue(0))

/** A message is named by its epoch and number; its direction is its sender's. */
const Which = { epoch: number, n: number }

/** Written words. */
const Text = v.object({ kind: v.literal('text'), text: words })

/** Counsellor: answered with one tap, nothing typed. Two to four answers; `yes-no` stands in the visitor's language. */
const Question = v.object({
  kind: v.literal('question'),
  text: words,
  answers: v.union([v.literal('yes-no'), v.pipe(v.array(short), v.minLength(2), v.maxLength(4))]),
})

/** Visitor: which answer to which question, counted from 0; for `yes-no` 0 is yes. */
const Answer = v.object({ kind: v.literal('answer'), to: v.object(Which), answer: number })

/** Either end takes back one of its own messages, or all of them; the other page removes what it shows. */
const Remove = v.object({ kind: v.literal('remove'), which: v.union([v.literal('all'), v.object(Which)]) })

/** The other end's person has it on the screen, up to this one. Sealed, so the server cannot claim it. */
const Seen = v.object({ kind: v.literal('seen'), ...Which })

/** Counsellor asks for the agreed word; visitor answers with what she typed. The word itself is in the first words. */
const AskWord = v.object({ kind: v.literal('ask-word') })
const Word = v.object({ kind: v.literal('word'), text: short })

/** Visitor's page, when the duress word was typed or tapped: stop writing, do not ask. Its screen is a harmless one by then. */
const Duress = v.object({ kind: v.literal('duress') })

/** Either end is away for a moment, or back. */
const Pause = v.object({ kind: v.literal('pause'), on: v.boolean() })

/** Somebody writes. Visitors are not asked to show it, and unsent words never travel. */
const Writing = v.object({ kind: v.literal('writing') })

/** Counsellor asks whether the talk may be handed to a colleague; visitor answers. */
const MayHand = v.object({ kind: v.literal('may-hand') })
const Hand = v.object({ kind: v.literal('hand'), yes: v.boolean() })

/** Visitor made a return code: where an answer may be left while she is away, and the key it is sealed to (base64url). */
const Mailbox = v.object({ kind: v.literal('mailbox'), box: short, key: short })

export const Said = v.variant('kind', [Text, Question, Answer, Remove, Seen, AskWord, Word, Duress, Pause, Writing, MayHand, Hand, Mailbox])
export type Said = v.InferOutput<typeof Said>

/**
 * The first words: as JSON at most 2,044 bytes of UTF-8 (`LONGEST_INTAKE`). `again`: she had somebody before in this talk; `before`: what of
 * it she lets the next one read, oldest first, as much as fits; the rest she sends as messages.
 */
export const FirstWords = v.object({
  v: v.literal(1),
  language: v.picklist(LANGUAGES),
  topic: v.optional(v.picklist(TOPICS)),
  wish: v.picklist(['any', 'woman', 'man']),
  /** Under 18, or writing for somebody else. */
  door: v.optional(short),
  text: v.pipe(v.string(), v.maxLength(900)),
  /** Only the two know it; asked for after a gap, an exit, or from another device. */
  word: v.optional(short),
  again: v.optional(v.boolean(), false),
  before: v.optional(v.array(v.object({ mine: v.boolean(), text: v.string() })), []),
})
export type FirstWords = v.InferOutput<typeof FirstWords>

/** @returns null for what this page does not know */
export function readSaid(text: string): Said | null {
  const parsed = v.safeParse(Said, json(text))
  return parsed.success ? parsed.output : null
}

export function readFirstWords(text: string): FirstWords | null {
  const parsed = v.safeParse(FirstWords, json(text))
  return parsed.success ? parsed.output : null
}

export const write = (said: Said | FirstWords): string => JSON.stringify(said)

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
