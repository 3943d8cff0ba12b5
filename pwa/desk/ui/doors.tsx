/** The screens before, between and after: enrolment, no shift, locked. Nothing of any talk is in them. */
import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import type { Desk } from '../desk.ts'
import { t } from '../words.ts'
import { Button, Form } from './parts.tsx'

const SHIFTS = [2, 4, 6, 8, 12]

export const Enrol = ({ desk }: { desk: Desk }): JSX.Element => (
  <main class="door">
    <h1>{t('enrol.title')}</h1>
    <p>{t('enrol.text')}</p>
    <p>{t('enrol.as', { sid: desk.invitation?.sid ?? '' })}</p>
    <div class="row">
      <Button look="main" id="make" on={() => void desk.enrol()} isOff={desk.isBusy}>
        {t('enrol.make')}
      </Button>
      <Button look="quiet" on={() => desk.leaveEnrolment()}>
        {t('enrol.skip')}
      </Button>
    </div>
  </main>
)

export const Signing = (): JSX.Element => (
  <main class="door">
    <h1>{t('enrol.signing')}</h1>
    <p>{t('enrol.wait')}</p>
    {location.hostname.endsWith('localhost') && <p class="note">{t('enrol.local')}</p>}
  </main>
)

export const Closed = ({ desk }: { desk: Desk }): JSX.Element => {
  const [hours, setHours] = useState(4)
  return (
    <main class="door">
      <h1>{t('shift.title')}</h1>
      <p>{t('shift.text')}</p>
      <label class="field" for="hours">
        {t('shift.hours')}
      </label>
      <select id="hours" value={hours} onChange={({ currentTarget }) => setHours(Number(currentTarget.value))}>
        {SHIFTS.map((count) => (
          <option key={count} value={count}>
            {t('shift.hours_count', { count })}
          </option>
        ))}
      </select>
      <p class="row">
        <Button look="main" id="start" on={() => void desk.start(hours)} isOff={desk.isBusy}>
          {t('shift.start')}
        </Button>
      </p>
      <p class="note">{t('shift.who')}</p>
      <Invited desk={desk} />
    </main>
  )
}

/** The link need not be opened: an address that was stays in the browser's history. */
const Invited = ({ desk }: { desk: Desk }): JSX.Element => {
  const [text, setText] = useState('')
  return (
    <details id="invited">
      <summary>{t('enrol.have')}</summary>
      <Form on={() => desk.invite(text)}>
        <label class="field" for="invitation">
          {t('enrol.paste')}
        </label>
        <input
          id="invitation"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <div class="row">
          <button type="submit">{t('enrol.go')}</button>
        </div>
      </Form>
    </details>
  )
}

export const Locked = ({ desk }: { desk: Desk }): JSX.Element => (
  <main class="door">
    <h1>{t('lock.title')}</h1>
    <p>{t('lock.text')}</p>
    <div class="row">
      <Button look="main" id="unlock" on={() => void desk.unlock()} isOff={desk.isBusy}>
        {t('lock.unlock')}
      </Button>
    </div>
  </main>
)
