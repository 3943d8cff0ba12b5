/** Own talks, those with something new first; then who waits, oldest first. */
import type { JSX } from 'preact'
import type { Waiting } from '../../../schema/desk-api.ts'
import { type Desk, isOver, type Picked } from '../desk.ts'
import { labelOf } from '../label.ts'
import type { Talk } from '../talk.ts'
import { labels, t } from '../words.ts'
import { Button } from './parts.tsx'
import type { Props } from './view.ts'

export const label = (tag: string): string => labelOf(tag, labels())

/** In the order of the screen: what J and K walk through. */
export const order = (desk: Desk): NonNullable<Picked>[] => [
  ...mine(desk).map(({ tag }) => ({ kind: 'talk' as const, tag })),
  ...(desk.isCountHidden ? [] : desk.waiting.map(({ tag }) => ({ kind: 'waiting' as const, tag }))),
]

const mine = ({ talks }: Desk): Talk[] => talks.toSorted((one, other) => Number(other.unread > 0) - Number(one.unread > 0))

export const List = ({ desk }: Props): JSX.Element => (
  <nav aria-label={t('list.title')}>
    {desk.pace.breakDue && <p class="said warn">{t('rest.due')}</p>}
    {desk.pace.state === 'break' && <p class="said">{t('rest.on')}</p>}
    <h2>{t('list.mine')}</h2>
    {desk.talks.length === 0 && <p class="note">{t('list.noneMine')}</p>}
    <ul>
      {mine(desk).map((talk) => (
        <li key={talk.tag}>
          <Own desk={desk} talk={talk} />
        </li>
      ))}
    </ul>
    <h2>
      {t('list.title')}
      {!desk.isCountHidden && desk.waiting.length > 0 && <small> {t('list.count', { count: desk.waiting.length })}</small>}
    </h2>
    <Button
      look="quiet"
      on={() => {
        desk.isCountHidden = !desk.isCountHidden
        desk.say(null)
      }}
    >
      {t(desk.isCountHidden ? 'list.show' : 'list.hide')}
    </Button>
    {desk.isCountHidden ? (
      <p class="note">{t('list.hidden')}</p>
    ) : (
      <>
        {desk.waiting.length === 0 && <p class="note">{t('list.none')}</p>}
        <ul id="waiting">
          {desk.waiting.map((one) => (
            <li key={one.tag}>
              <Row desk={desk} one={one} />
            </li>
          ))}
        </ul>
      </>
    )}
    {desk.pace.state !== 'break' && (
      <p class="note">{desk.pace.placesLeft === 0 ? t('list.full') : t('list.place', { count: desk.pace.placesLeft })}</p>
    )}
  </nav>
)

const Own = ({ desk, talk }: { desk: Desk; talk: Talk }): JSX.Element => (
  <button
    type="button"
    class="item"
    data-talk={talk.tag}
    aria-current={desk.picked?.tag === talk.tag}
    onClick={() => desk.pick({ kind: 'talk', tag: talk.tag })}
  >
    <b>{label(talk.tag)}</b>
    {talk.unread > 0 && <span class="new">{t('list.unread', { count: talk.unread })}</span>}
    <small>{stateOf(talk)}</small>
  </button>
)

/** In the same words in the list and above the talk. */
export function stateOf(talk: Talk): string {
  if (talk.isDuress) return t('talk.duress')
  if (isOver(talk.state)) return t(`talk.${talk.state as Exclude<Talk['state'], 'open'>}`)
  if (talk.isResting) return t('talk.resting')
  if (talk.isPaused) return t('talk.paused')
  return t(`talk.${talk.peer}`)
}

export const minutes = (count: number): string => (count === 0 ? t('list.now') : t('list.minutes', { count }))

const Row = ({ desk, one }: { desk: Desk; one: Waiting }): JSX.Element => {
  const topic = desk.readings.get(one.tag)?.first?.topic
  return (
    <button
      type="button"
      class="item"
      data-waiting={one.tag}
      aria-current={desk.picked?.tag === one.tag}
      onClick={() => desk.pick({ kind: 'waiting', tag: one.tag })}
    >
      <b>{label(one.tag)}</b>
      <span>{minutes(one.minutes)}</span>
      <small>
        {[
          one.state === 'handed' ? t('list.handed') : one.peeked ? t('list.peeked') : null,
          t(`languages.${one.language}`),
          topic ? t(`topics.${topic}`) : null,
          one.wish === 'any' ? null : t(`wish.${one.wish}`),
        ]
          .filter((part) => part !== null)
          .join(' · ')}
      </small>
    </button>
  )
}
