/** The screen where she chooses when the live message hides itself: each choice with what it brings, and that it does not outlast the visit. */
import { escape as escaped } from '../../guide/html.ts'
import type { Language } from '../../schema/terms.ts'
import { DEFAULT_HIDING, type Hiding } from '../store/hiding.ts'
import type { Action } from './data.ts'
import { joined } from './list-text.ts'
import { botSay, type Key } from './words.ts'

type Offer = { hiding: Hiding; action: Action; label: Key; brings: Key }

const OFFERS: Offer[] = [
  { hiding: 'five', action: 'hide-five', label: 'hidingFive', brings: 'hidingFiveBrings' },
  { hiding: 'quarter', action: 'hide-quarter', label: 'hidingQuarter', brings: 'hidingQuarterBrings' },
  { hiding: 'hour', action: 'hide-hour', label: 'hidingHour', brings: 'hidingHourBrings' },
  { hiding: 'never', action: 'hide-never', label: 'hidingNever', brings: 'hidingNeverBrings' },
]

/** @returns undefined for a button that chooses no time */
export const hidingAsked = (asked: Action): Hiding | undefined => OFFERS.find(({ action }) => action === asked)?.hiding

/** @param now  null when nothing is remembered of her */
export function hidingNow(language: Language, now: Hiding | null): string {
  const { label } = OFFERS.find(({ hiding }) => hiding === (now ?? DEFAULT_HIDING)) as Offer
  return botSay(language, 'hidingNow', { choice: botSay(language, label) })
}

export function hidingText(language: Language, now: Hiding | null): string {
  const tell = (key: Key) => escaped(botSay(language, key))
  return joined([
    `<b>${tell('hidingTitle')}</b>`,
    tell('hidingText'),
    OFFERS.map(({ label, brings }) => `• <b>${tell(label)}</b>: ${tell(brings)}`).join('\n'),
    tell('hidingEnds'),
    escaped(hidingNow(language, now)),
    `<i>${tell('hidingHope')}</i>`,
  ])
}

export const hidingOffers = (language: Language): { label: string; action: Action }[] =>
  OFFERS.map(({ label, action }) => ({ label: botSay(language, label), action }))
