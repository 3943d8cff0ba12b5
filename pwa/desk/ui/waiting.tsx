/** One who waits: what the list knows, her first words once they are read, and "accept". */
import type { JSX } from 'preact'
import type { Danger } from '../danger.ts'
import type { Desk } from '../desk.ts'
import type { Read } from '../waiting.ts'
import { t } from '../words.ts'
import { label, minutes } from './list.tsx'
import { Button, Hint } from './parts.tsx'
import type { Props } from './view.ts'

export const Waiting = ({ desk }: Props): JSX.Element | null => {
  const one = desk.waiting.find(({ tag }) => tag === desk.picked?.tag)
  if (one === undefined) return null
  const read = desk.readings.get(one.tag) ?? null
  return (
    <section>
      <Back desk={desk} />
      <h1>{label(one.tag)}</h1>
      <dl>
        <dt>{t('peek.since')}</dt>
        <dd>{minutes(one.minutes)}</dd>
        <dt>{t('peek.language')}</dt>
        <dd>{t(`languages.${one.language}`)}</dd>
        <dt>{t('peek.wish')}</dt>
        <dd>{t(`wish.${one.wish}`)}</dd>
        {read?.first && <Topic first={read.first} />}
      </dl>
      {one.state === 'handed' && <p class="card">{t('peek.handed')}</p>}
      {read?.first && <FirstWords first={read.first} danger={read.danger} />}
      <div class="row">
        {read === null && one.state !== 'handed' && (
          <Button id="peek" on={() => void desk.peek(one.tag)} isOff={desk.isBusy || desk.pace.state === 'break'}>
            {t('peek.read')}
          </Button>
        )}
        <Button look="main" id="accept" on={() => void desk.accept(one.tag)} isOff={desk.isBusy || desk.pace.state !== 'free'}>
          {t('peek.accept')}
        </Button>
      </div>
      {read === null && one.state !== 'handed' && <p class="note">{t('peek.counted', { count: desk.pace.peeksLeft })}</p>}
    </section>
  )
}

export const Back = ({ desk }: { desk: Desk }): JSX.Element => (
  <div class="back">
    <Button look="quiet" on={() => desk.pick(null)}>
      {t('list.back')}
    </Button>
  </div>
)

type First = NonNullable<Read['first']>

/** `door` may be anything that a page of another version writes. */
const doorOf = (door: string): string => (door === 'under-18' ? t('peek.under18') : door === 'for-someone' ? t('peek.someone') : door)

const Topic = ({ first }: { first: First }): JSX.Element => (
  <>
    <dt>{t('peek.topic')}</dt>
    <dd>{first.topic ? t(`topics.${first.topic}`) : t('peek.noTopic')}</dd>
    {first.door && (
      <>
        <dt>{t('peek.door')}</dt>
        <dd>{doorOf(first.door)}</dd>
      </>
    )}
  </>
)

export const FirstWords = ({ first, danger }: { first: First; danger: Danger | null }): JSX.Element => (
  <div class="card">
    <h2>{t('peek.words')}</h2>
    <Hint danger={danger} />
    <p class="words">{first.text || t('peek.noWords')}</p>
    {first.again && <p class="note">{t(first.before.length > 0 ? 'peek.again' : 'peek.againNone')}</p>}
    {first.before.length > 0 && (
      <ul class="before">
        {first.before.map(({ mine, text }, at) => (
          <li key={`${at} ${text}`}>
            <b>{t(mine ? 'peek.her' : 'peek.him')}:</b> <span class="words">{text}</span>
          </li>
        ))}
      </ul>
    )}
  </div>
)
