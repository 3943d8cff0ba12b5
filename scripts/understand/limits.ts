/** From which likelihood on a text is nothing of ours, or a crisis: chosen on phrases set aside, for each tongue by itself. */

import { type Likely, likely } from '../../guide/understand/likely.ts'
import type { Limits, Model } from '../../guide/understand/model.ts'
import { TONGUES, type Tongue } from '../../guide/understand/tongue.ts'
import type { Country } from '../../schema/terms.ts'
import type { Device } from './load.ts'
import { type Phrase, WITH_MANY } from './phrases.ts'
import { screenOf } from './samples.ts'

/** Ukrainian is the own language that has most phrases; where only the core is spoken there are too few for limits of their own: all phrases of the file choose them together. */
type Kind = 'uk' | 'core' | Tongue
const hasMany = (country: Country): boolean => WITH_MANY.includes(country)
function kindOf(tongue: Tongue, country: Country): Kind {
  if (!hasMany(country)) return 'core'
  return tongue === 'own' && country === 'UA' ? 'uk' : tongue
}

/**
 * Of unrelated phrases, so many stay unknown; of calm ones, so few interrupt. Many of both were written against the model and are harder than what people write: of
 * such fewer interrupt, and more stay unknown. A phone knows less, so more may interrupt there for as many cries heard.
 */
const SHARES: Record<Device, Record<Kind, { unknown: number; alarms: number }>> = {
  edge: {
    uk: { unknown: 0.92, alarms: 0.05 },
    own: { unknown: 0.86, alarms: 0.08 },
    russian: { unknown: 0.86, alarms: 0.046 },
    core: { unknown: 0.85, alarms: 0.065 },
    english: { unknown: 0.88, alarms: 0.056 },
  },
  phone: {
    uk: { unknown: 0.86, alarms: 0.065 },
    own: { unknown: 0.72, alarms: 0.057 },
    russian: { unknown: 0.82, alarms: 0.065 },
    core: { unknown: 0.85, alarms: 0.075 },
    english: { unknown: 0.8, alarms: 0.065 },
  },
}

/** Where a file knows nothing of how a text reads, only plain signs of danger are heard. */
const UNTAUGHT: Limits = { unrelated: 0, crisis: 0.98 }

const shareFromTop = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => b - a)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 1
}
const rounded = (limit: number): number => Number(limit.toFixed(3))

export function chooseLimits(model: Model, country: Country, phrases: readonly Phrase[], device: Device): Record<Tongue, Limits> {
  const found = phrases.flatMap((phrase): { phrase: Phrase; one: Likely }[] => {
    const one = likely(model, phrase.text, screenOf(phrase.language, country))
    return one === null ? [] : [{ phrase, one }]
  })
  const limitsOf = (tongue: Tongue): Limits => {
    if (!isTaught(model, tongue)) return UNTAUGHT
    const here = hasMany(country) ? found.filter(({ one }) => one.tongue === tongue) : found
    const { alarms, unknown } = SHARES[device][kindOf(tongue, country)]
    const calm = here.filter(({ phrase }) => phrase.crisis === 'none')
    const unrelated = here.filter(({ phrase }) => phrase.topics.length === 0)
    return {
      unrelated: rounded(
        shareFromTop(
          unrelated.map(({ one }) => one.unrelated),
          unknown,
        ),
      ),
      crisis: rounded(
        shareFromTop(
          calm.map(({ one }) => one.danger + one.suicide),
          alarms,
        ),
      ),
    }
  }
  return Object.fromEntries(TONGUES.map((tongue) => [tongue, limitsOf(tongue)])) as Record<Tongue, Limits>
}

const isTaught = ({ head }: Model, tongue: Tongue): boolean => head.languages.includes('en') === (tongue === 'english')
