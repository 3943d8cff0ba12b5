/**
 * Leaving at once. The link does it without us; this does it better: the page is blank and the neutral site asked for in
 * the same frame, the history row is replaced, and nothing is sent to us. Imports nothing, so nothing can break it.
 */

/** Three presses of Shift within this time leave; so do two taps of two fingers. */
const WITHIN_MS = 1500
const DOUBLE_TAP_MS = 600
const TAP_MOVE_PX = 12

let gone = false

export function leave(): void {
  if (gone) return
  gone = true
  const target = document.querySelector<HTMLAnchorElement>('a[data-exit]')?.href ?? 'about:blank'
  const text = document.getElementById('gone')?.dataset.text ?? ''
  blank()
  if (navigator.onLine) location.replace(target)
  else neutral(text)
}

function blank(): void {
  document.dispatchEvent(new Event('leave'))
  document.body.replaceChildren()
  document.head.replaceChildren()
  document.title = '\u200b'
}

/** Without network: a calm empty page instead of the browser's error. */
function neutral(text: string): void {
  const line = document.createElement('p')
  line.textContent = text
  document.body.append(line)
}

/** Three Shifts with no other key between them, so that typing capitals never leaves. */
function watchShift(): void {
  let presses: number[] = []
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Shift' || event.repeat || event.ctrlKey || event.altKey || event.metaKey) {
        presses = []
        return
      }
      presses = [...presses.filter((time) => event.timeStamp - time < WITHIN_MS), event.timeStamp]
      if (presses.length >= 3) leave()
    },
    true,
  )
}

/** Two fingers, tapped twice without moving: no scroll or pinch looks like that. */
function watchTaps(): void {
  let start: { at: number; points: [number, number][] } | null = null
  let lastTap = Number.NEGATIVE_INFINITY
  addEventListener(
    'touchstart',
    (event) => {
      if (event.touches.length === 1) start = null
      else if (event.touches.length === 2)
        start = { at: event.timeStamp, points: [...event.touches].map((touch) => [touch.clientX, touch.clientY]) }
      else {
        start = null
        lastTap = Number.NEGATIVE_INFINITY
      }
    },
    { passive: true, capture: true },
  )
  addEventListener(
    'touchmove',
    (event) => {
      const points = start?.points
      if (
        points &&
        [...event.touches].some(
          (touch, n) => Math.hypot(touch.clientX - (points[n]?.[0] ?? 0), touch.clientY - (points[n]?.[1] ?? 0)) > TAP_MOVE_PX,
        )
      ) {
        start = null
        lastTap = Number.NEGATIVE_INFINITY
      }
    },
    { passive: true, capture: true },
  )
  addEventListener(
    'touchend',
    (event) => {
      if (event.touches.length > 0 || start === null) return
      const tapped = event.timeStamp - start.at < DOUBLE_TAP_MS
      start = null
      if (!tapped) return
      if (event.timeStamp - lastTap < DOUBLE_TAP_MS * 2) leave()
      lastTap = event.timeStamp
    },
    { passive: true, capture: true },
  )
}

export function watchExit(): void {
  addEventListener(
    'click',
    (event) => {
      if (!(event.target instanceof Element) || !event.target.closest('a[data-exit]')) return
      event.preventDefault()
      leave()
    },
    true,
  )
  watchShift()
  watchTaps()
  addEventListener('pagehide', () => blank())
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.replace('/')
  })
}
