/** From which likelihood on a text is nothing of ours, or a crisis: chosen on phrases set aside. */

import { likely } from '../../guide/understand/likely.ts'
import type { Limits, Model } from '../../guide/understand/model.ts'
import type { Country } from '../../schema/terms.ts'
import type { Device } from './load.ts'
import type { Phrase } from './phrases.ts'
import { screenOf } from './samples.ts'

/**
 * Of unrelated phrases, so many stay unknown; of calm ones, so few interrupt. Many of the calm ones were written against the model and are harder than what people write: of
 * such about half as many interrupt. A phone knows less, so more of them may interrupt there for nearly as many cries heard.
 */
const SHARES = {
  edge: { own: { unknown: 0.85, alarms: 0.065 }, english: { unknown: 0.8, alarms: 0.08 } },
  phone: { own: { unknown: 0.85, alarms: 0.075 }, english: { unknown: 0.8, alarms: 0.065 } },
} as const

export type Shares = { unknown: number; alarms: number }
export const sharesOf = (device: Device, english: boolean): Shares => SHARES[device][english ? 'english' : 'own']

const shareFromTop = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => b - a)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 1
}

export function chooseLimits(model: Model, country: Country, phrases: readonly Phrase[], shares: Shares): Limits {
  const found = phrases.flatMap((phrase) => {
    const one = likely(model, phrase.text, screenOf(phrase.language, country))
    return one === null ? [] : [{ phrase, one }]
  })
  const crisis = shareFromTop(
    found.filter(({ phrase }) => phrase.crisis === 'none').map(({ one }) => one.danger + one.suicide),
    shares.alarms,
  )
  const unrelated = shareFromTop(
    found.filter(({ phrase }) => phrase.topics.length === 0).map(({ one }) => one.unrelated),
    shares.unknown,
  )
  const rounded = (limit: number): number => Number(limit.toFixed(3))
  return { unrelated: rounded(unrelated), crisis: rounded(crisis) }
}
