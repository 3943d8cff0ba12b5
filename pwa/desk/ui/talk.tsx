/** One talk: who and where she is, what was said, and what may be done. */
import type { JSX } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { type Desk, isOver } from '../desk.ts'
import type { Talk as OneTalk } from '../talk.ts'
import { type Entry, isSameWord, questionOf } from '../transcript.ts'
import { t, tongue } from '../words.ts'
import { label, stateOf } from './list.tsx'
import { Button, Form, Hint } from './parts.tsx'
import { open, type Props } from './view.ts'
import { Back, FirstWords } from './waiting.tsx'

/** In UTF-16 units; with Cyrillic letters and the frame around it it stays below what one sealed message holds. */
export const LONGEST = 3000

type One = Props & { talk: OneTalk }

export const Talk = ({ desk, view, talk }: One): JSX.Element => (
  <section class="talk">
    <Back desk={desk} />
    <div class="head">
      <h1>{label(talk.tag)}</h1>
      <p class="note" id="state" data-state={talk.isDuress ? 'duress' : talk.state} data-peer={talk.peer}>
        {t(`languages.${talk.language}`)} · {stateOf(talk)}
      </p>
    </div>
    {talk.state === 'open' && !talk.isUp && (
      <p class="said warn" role="alert">
        {t('talk.down')}
      </p>
    )}
    <Log desk={desk} talk={talk} />
    <State desk={desk} view={view} talk={talk} />
    {talk.canWrite && talk.isResting && <Resting talk={talk} />}
    {talk.isWordDue && <WordDue talk={talk} />}
    <Handing talk={talk} />
    {talk.canWrite && <Writer desk={desk} view={view} talk={talk} />}
  </section>
)

const Log = ({ talk }: { desk: Desk; talk: OneTalk }): JSX.Element => {
  const log = useRef<HTMLDivElement>(null)
  useEffect(() => log.current?.scrollTo(0, log.current.scrollHeight), [talk.entries.length])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <div class="log" role="log" aria-label={t('talk.log')} tabIndex={0} ref={log}>
      {talk.first && <FirstWords first={talk.first} danger={talk.firstDanger} />}
      {talk.entries.length === 0 && !isOver(talk.state) && <p class="note">{t('talk.empty')}</p>}
      {talk.entries.map((entry) => (
        <Line key={`${entry.mine} ${entry.epoch} ${entry.n}`} talk={talk} entry={entry} />
      ))}
    </div>
  )
}

const timeOf = (ms: number): string => new Date(ms).toLocaleTimeString(tongue(), { hour: '2-digit', minute: '2-digit' })

const Line = ({ talk, entry }: { talk: OneTalk; entry: Entry }): JSX.Element => (
  <div class={`entry ${entry.mine ? 'mine' : 'hers'}`} data-n={entry.n}>
    <Hint danger={entry.danger} />
    <p class="words">
      <span class="hidden">{t(entry.mine ? 'talk.you' : 'talk.her')}: </span>
      {entry.isRemoved ? <i>{t('talk.removed')}</i> : <Words talk={talk} entry={entry} />}
    </p>
    <p class="under">
      <time>{timeOf(entry.at)}</time>
      {entry.mine && (entry.mark !== 'failed' || !talk.canWrite) && <span data-mark={entry.mark}>{t(`mark.${entry.mark}`)}</span>}
      {entry.mine && entry.mark === 'failed' && talk.canWrite && (
        <Button look="quiet" on={() => talk.again(entry.n)}>
          {t('talk.again')}
        </Button>
      )}
      {entry.mine && !entry.isRemoved && talk.canWrite && (
        <Button look="quiet" title={t('talk.removing')} on={() => void talk.remove(entry.n)}>
          {t('talk.remove')}
        </Button>
      )}
    </p>
  </div>
)

const Words = ({ talk, entry }: { talk: OneTalk; entry: Entry }): JSX.Element => {
  const { said } = entry
  if (said === null) return <i>{t('talk.unknown')}</i>
  if (said.kind === 'text') return <>{said.text}</>
  if (said.kind === 'ask-word') return <i>{t('word.asked')}</i>
  if (said.kind === 'word') return <i>{wordSaid(talk, said.text)}</i>
  if (said.kind === 'answer') return <i>{t('taps.her', { answer: answerOf(questionOf(talk.entries, said.to), said.answer) })}</i>
  return (
    <>
      {said.text}
      <br />
      <small>
        {entry.answered === null
          ? `${(said.answers === 'yes-no' ? [t('taps.yes'), t('taps.no')] : said.answers).join(' / ')} · ${t('taps.waiting')}`
          : t('taps.answered', { answer: answerOf(said, entry.answered) })}
      </small>
    </>
  )
}

const answerOf = (question: ReturnType<typeof questionOf>, at: number): string =>
  question === null ? String(at + 1) : question.answers === 'yes-no' ? t(at === 0 ? 'taps.yes' : 'taps.no') : (question.answers[at] ?? '?')

function wordSaid({ first }: OneTalk, word: string): string {
  if (!first?.word) return t('word.unknown', { word })
  return t(isSameWord(first.word, word) ? 'word.right' : 'word.wrong')
}

/** Why nothing can be written any more, plainly. */
const State = ({ desk, view, talk }: One): JSX.Element | null => {
  if (talk.isDuress)
    return (
      <div class="stop danger-now" role="alert">
        <h2>{t('talk.duress')}</h2>
        <p>{t('talk.duressText')}</p>
        {!isOver(talk.state) && <p>{t(talk.isAside ? 'talk.duressAside' : 'talk.duressPlace')}</p>}
        {isOver(talk.state) ? (
          <Button id="clear" on={() => desk.clear(talk)}>
            {t('talk.clear')}
          </Button>
        ) : (
          <Button id="end" on={() => open(view, 'end')} isOff={desk.isBusy}>
            {t('talk.end')}
          </Button>
        )}
      </div>
    )
  if (talk.state === 'open') return null
  return (
    <div class="stop" role="alert">
      <h2>{t(`talk.${talk.state}`)}</h2>
      <p>{t(`talk.${talk.state}Text`)}</p>
      <Button id="clear" on={() => desk.clear(talk)}>
        {t('talk.clear')}
      </Button>
    </div>
  )
}

const Resting = ({ talk }: { talk: OneTalk }): JSX.Element => (
  <div class="said" role="status">
    <p>{t('talk.resting')}</p>
    <Button look="main" id="back" on={() => void talk.rest(false)}>
      {t('talk.return')}
    </Button>
  </div>
)

const WordDue = ({ talk }: { talk: OneTalk }): JSX.Element => (
  <div class="said warn" id="word-due">
    <p>{t(talk.first?.again && talk.entries.length === 0 ? 'word.dueAgain' : 'word.due')}</p>
    {talk.first?.word === undefined && <p>{t('word.none')}</p>}
    <div class="row">
      <Button on={() => void talk.say({ kind: 'ask-word' })}>{t('word.ask')}</Button>
      <Button look="quiet" on={() => talk.wordChecked()}>
        {t('word.later')}
      </Button>
    </div>
  </div>
)

const Handing = ({ talk }: { talk: OneTalk }): JSX.Element | null => {
  const { handing } = talk
  if (handing === null) return null
  return (
    <div class="said" role="status" id="handing" data-step={handing.step}>
      <p>{t(`hand.${handing.step}`, { sid: handing.to.sid })}</p>
      {handing.step !== 'offered' && (
        <Button look="quiet" on={() => talk.dropHanding()}>
          {t('hand.stop')}
        </Button>
      )}
    </div>
  )
}

const Writer = ({ desk, view, talk }: One): JSX.Element => (
  <Form look="writer" on={() => void talk.sendDraft()}>
    <label class="hidden" for="reply">
      {t('talk.reply')}
    </label>
    <textarea
      id="reply"
      rows={3}
      maxLength={LONGEST}
      autocomplete="off"
      spellcheck={false}
      placeholder={t('talk.reply')}
      value={talk.draft}
      onInput={({ currentTarget }) => {
        talk.draft = currentTarget.value
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
        event.preventDefault()
        void talk.sendDraft()
      }}
    />
    {talk.draft.length >= LONGEST && <p class="note">{t('talk.tooLong')}</p>}
    {talk.canLeave && <p class="note">{t('talk.leaveText')}</p>}
    <div class="row">
      <button type="submit" class="main" id="send">
        {t('talk.send')}
      </button>
      {talk.canLeave && (
        <Button id="leave-reply" on={() => void desk.leaveReply(talk)} isOff={desk.isBusy}>
          {t('talk.leave')}
        </Button>
      )}
      <Button id="taps" on={() => open(view, 'taps')}>
        {t('talk.question')}
      </Button>
      <Button id="word" on={() => void talk.say({ kind: 'ask-word' })}>
        {t('word.ask')}
      </Button>
      <Button id="pause" on={() => void talk.rest(!talk.isResting)} pressed={talk.isResting}>
        {t('talk.pause')}
      </Button>
      <Button id="hand" on={() => open(view, 'hand')} isOff={talk.handing?.step === 'asked'}>
        {t('hand.button')}
      </Button>
      <Button id="end" on={() => open(view, 'end')} isOff={desk.isBusy}>
        {t('talk.end')}
      </Button>
    </div>
  </Form>
)
