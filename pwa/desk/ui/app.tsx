/** The desk as it is drawn: which screen, and what stands above all of them. */
import type { JSX } from 'preact'
import { TONGUES, type Tongue, t, tongue, useTongue } from '../words.ts'
import { Closed, Enrol, Locked, Signing } from './doors.tsx'
import { List } from './list.tsx'
import { Button } from './parts.tsx'
import { Talk } from './talk.tsx'
import { open, type Props } from './view.ts'
import { Waiting } from './waiting.tsx'
import { Windows } from './windows.tsx'

export const App = ({ desk, view }: Props): JSX.Element => (
  <>
    <Top desk={desk} view={view} />
    <p class="said" role="status">
      {desk.isBusy ? t('app.busy') : desk.notice !== null && t(`notice.${desk.notice}`)}
    </p>
    {desk.isOffline && (
      <p class="said warn" role="alert">
        {t('app.offline')}
      </p>
    )}
    <Screen desk={desk} view={view} />
    {desk.phase === 'on' && <Windows desk={desk} view={view} />}
  </>
)

const Screen = ({ desk, view }: Props): JSX.Element => {
  switch (desk.phase) {
    case 'enrol':
      return <Enrol desk={desk} />
    case 'signing':
      return <Signing />
    case 'closed':
      return <Closed desk={desk} />
    case 'locked':
      return <Locked desk={desk} />
    case 'on':
      return (
        <main class={`desk ${desk.picked === null ? 'at-list' : 'at-talk'}`}>
          <List desk={desk} view={view} />
          <div>
            {desk.talk !== null ? (
              <Talk key={desk.talk.tag} desk={desk} view={view} talk={desk.talk} />
            ) : desk.picked?.kind === 'waiting' ? (
              <Waiting desk={desk} view={view} />
            ) : (
              <p class="note">{t('list.pick')}</p>
            )}
          </div>
        </main>
      )
  }
}

const clockOf = (seconds: number): string => new Date(seconds * 1000).toLocaleTimeString(tongue(), { hour: '2-digit', minute: '2-digit' })

/** The heading of the page while nothing else is one. */
const Where = ({ desk }: Pick<Props, 'desk'>): JSX.Element => {
  const text = desk.shift === null ? t('app.title') : t('shift.until', { time: clockOf(desk.shift.notAfter) })
  return desk.phase === 'on' && desk.picked === null ? <h1 class="where">{text}</h1> : <p class="where">{text}</p>
}

const Top = ({ desk, view }: Props): JSX.Element => (
  <header>
    <Where desk={desk} />
    {desk.phase === 'on' && (
      <div class="row">
        <Button id="rest" on={() => void desk.rest(desk.pace.state !== 'break')} isOff={desk.isBusy} pressed={desk.pace.state === 'break'}>
          {t(desk.pace.state === 'break' ? 'rest.end' : 'rest.start')}
        </Button>
        <Button id="lock" on={() => desk.lock()}>
          {t('shift.lock')}
        </Button>
        <Button id="end-shift" on={() => open(view, 'end-shift')}>
          {t('shift.end')}
        </Button>
        <span class="by-key">
          <Button look="quiet" on={() => open(view, 'help')}>
            {t('app.keys')}
          </Button>
        </span>
      </div>
    )}
    <label class="tongue">
      <span class="hidden">{t('app.language')}</span>
      <select
        value={tongue()}
        onChange={({ currentTarget }) => {
          useTongue(currentTarget.value as Tongue)
          document.documentElement.lang = tongue()
          view.draw()
        }}
      >
        {Object.entries(TONGUES).map(([name, own]) => (
          <option key={name} value={name} lang={name}>
            {own}
          </option>
        ))}
      </select>
    </label>
  </header>
)
