/** What opens over the desk: the sheet of keys, and whatever is asked before it is done. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Talk } from '../talk.ts'
import { t } from '../words.ts'
import { Button, Form, Window } from './parts.tsx'
import { open, type Props } from './view.ts'

export const Windows = ({ desk, view }: Props): JSX.Element | null => {
  const close = (): void => open(view, null)
  const { talk } = desk
  if (view.window === 'help') return <Keys desk={desk} view={view} />
  if (view.window === 'end-shift') return <EndShift desk={desk} view={view} />
  if (talk === null || talk.state !== 'open') return null
  if (view.window === 'end' && talk.isDuress) return <EndAnyway desk={desk} view={view} talk={talk} />
  if (!talk.canWrite) return null
  if (view.window === 'end')
    return (
      <Window title={t('talk.ending')} onClose={close}>
        <p>{t('talk.endingText')}</p>
        <div class="row">
          <Button
            look="main"
            id="end-yes"
            on={() => {
              close()
              void desk.end(talk)
            }}
          >
            {t('talk.end')}
          </Button>
          <Button on={close}>{t('talk.keep')}</Button>
        </div>
      </Window>
    )
  if (view.window === 'hand') return <Hand desk={desk} view={view} talk={talk} />
  return view.window === 'taps' ? <Taps talk={talk} onClose={close} /> : null
}

/** After the word for danger. The first button keeps her way back: it stands where a tap in haste would land. */
const EndAnyway = ({ desk, view, talk }: Props & { talk: Talk }): JSX.Element => (
  <Window title={t('talk.ending')} onClose={() => open(view, null)}>
    <p>{t('talk.endingDuress')}</p>
    <div class="row">
      <Button look="main" id="end-not" on={() => open(view, null)}>
        {t('talk.leaveBe')}
      </Button>
      <Button
        id="end-anyway"
        on={() => {
          open(view, null)
          void desk.end(talk)
        }}
      >
        {t('talk.end')}
      </Button>
    </div>
  </Window>
)

const KEYS = [
  ['?', 'question'],
  ['J / K', 'next'],
  ['A', 'accept'],
  ['R', 'reply'],
  ['E', 'end'],
  ['T', 'transfer'],
  ['Esc', 'esc'],
] as const

const Keys = ({ view }: Props): JSX.Element => (
  <Window title={t('help.title')} onClose={() => open(view, null)}>
    <p>{t('help.text')}</p>
    <dl class="keys">
      {KEYS.map(([key, what]) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{t(`help.${what}`)}</dd>
        </div>
      ))}
    </dl>
    <div class="row">
      <Button
        on={() => {
          view.hasKeys = !view.hasKeys
          view.draw()
        }}
      >
        {t(view.hasKeys ? 'help.off' : 'help.on')}
      </Button>
      <Button on={() => open(view, null)}>{t('help.close')}</Button>
    </div>
  </Window>
)

const EndShift = ({ desk, view }: Props): JSX.Element => {
  const count = desk.talks.filter(({ state }) => state === 'open').length
  return (
    <Window title={t('shift.ending')} onClose={() => open(view, null)}>
      <p>{t('shift.endingText')}</p>
      {count > 0 && <p>{t('shift.endingTalks', { count })}</p>}
      <div class="row">
        <Button
          look="main"
          id="end-shift-yes"
          isOff={desk.isBusy}
          on={() => {
            open(view, null)
            void desk.endShift()
          }}
        >
          {t('shift.end')}
        </Button>
        <Button on={() => open(view, null)}>{t('taps.cancel')}</Button>
      </div>
    </Window>
  )
}

const Hand = ({ desk, view, talk }: Props & { talk: Talk }): JSX.Element => (
  <Window title={t('hand.title')} onClose={() => open(view, null)}>
    <p>{t('hand.text')}</p>
    {desk.colleagues.length === 0 && <p class="note">{t('hand.nobody')}</p>}
    <ul>
      {desk.colleagues.map((one) => (
        <li key={one.sid + one.shiftId.join()}>
          <button
            type="button"
            class="item"
            data-sid={one.sid}
            disabled={one.state !== 'free'}
            onClick={() => {
              open(view, null)
              void talk.askToHand(one)
            }}
          >
            <b>{one.sid}</b>
            <small>{[...one.langs, ...(one.state === 'free' ? [] : [t(`hand.${one.state}`)])].join(' · ')}</small>
            <span>{t('hand.ask')}</span>
          </button>
        </li>
      ))}
    </ul>
    <div class="row">
      <Button on={() => open(view, null)}>{t('hand.stop')}</Button>
    </div>
  </Window>
)

const NO_ANSWERS = ['', '', '', '']

/** A question that she answers with one tap: nothing is typed on her side. */
const Taps = ({ talk, onClose }: { talk: Talk; onClose: () => void }): JSX.Element => {
  const [text, setText] = useState('')
  const [isChoice, setChoice] = useState(false)
  const [answers, setAnswers] = useState(NO_ANSWERS)
  const given = answers.map((answer) => answer.trim()).filter((answer) => answer !== '')
  const isReady = text.trim() !== '' && (!isChoice || given.length >= 2)
  return (
    <Window title={t('taps.title')} onClose={onClose}>
      <Form
        on={() => {
          if (!isReady) return
          onClose()
          void talk.say({ kind: 'question', text: text.trim(), answers: isChoice ? given : 'yes-no' })
        }}
      >
        <label class="field" for="question">
          {t('taps.text')}
        </label>
        <textarea
          id="question"
          rows={2}
          maxLength={500}
          autocomplete="off"
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <div class="row">
          <Button on={() => setChoice(false)} pressed={!isChoice}>
            {t('taps.yesNo')}
          </Button>
          <Button on={() => setChoice(true)} pressed={isChoice} id="choose">
            {t('taps.choose')}
          </Button>
        </div>
        {isChoice &&
          answers.map((answer, at) => (
            <label class="field" key={at}>
              {t('taps.answer', { n: at + 1 })}
              <input
                maxLength={100}
                autocomplete="off"
                value={answer}
                onInput={({ currentTarget }) => setAnswers(answers.with(at, currentTarget.value))}
              />
            </label>
          ))}
        <div class="row">
          <button type="submit" class="main" id="ask" disabled={!isReady}>
            {t('taps.send')}
          </button>
          <Button on={onClose}>{t('taps.cancel')}</Button>
        </div>
      </Form>
    </Window>
  )
}
