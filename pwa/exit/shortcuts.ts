/** Leaving without aiming: three presses of Shift, or two taps of two fingers. Nothing that writing, scrolling or zooming does looks like either. */

/** All three presses of Shift within this. */
const SHIFTS_MS = 1500
/** A tap is shorter than this, and the second follows the first within twice of it. */
const TAP_MS = 600
/** A finger that moves further scrolls or zooms. */
const TAP_MOVE_PX = 12

/** Three Shifts with nothing else pressed between them: capitals, selecting and other languages of the keyboard never leave. */
export function watchShift(go: () => void): void {
  let presses: number[] = []
  const clear = () => {
    presses = []
  }
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Shift' || event.ctrlKey || event.altKey || event.metaKey) return clear()
      if (event.repeat) return clear()
      presses = [...presses.filter((time) => event.timeStamp - time < SHIFTS_MS), event.timeStamp]
      if (presses.length < 3) return
      clear()
      go()
    },
    true,
  )
  for (const other of ['pointerdown', 'wheel']) addEventListener(other, clear, { passive: true, capture: true })
}

type Gesture = { at: number; most: number; still: boolean; from: Map<number, Touch> }

/** From the first finger down to the last one up; a tap is two fingers, briefly, where they came down. */
export function watchTaps(go: () => void): void {
  let now: Gesture | null = null
  let lastTap = Number.NEGATIVE_INFINITY
  const watch = (type: 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel', act: (event: TouchEvent) => void) =>
    addEventListener(type, act, { passive: true, capture: true })

  watch('touchstart', (event) => {
    now ??= { at: event.timeStamp, most: 0, still: true, from: new Map() }
    now.most = Math.max(now.most, event.touches.length)
    for (const touch of event.changedTouches) now.from.set(touch.identifier, touch)
  })
  watch('touchmove', (event) => {
    for (const { identifier, clientX, clientY } of event.touches) {
      const from = now?.from.get(identifier)
      if (now && from && Math.hypot(clientX - from.clientX, clientY - from.clientY) > TAP_MOVE_PX) now.still = false
    }
  })
  watch('touchend', (event) => {
    if (!now || event.touches.length > 0) return
    const tapped = now.still && now.most === 2 && event.timeStamp - now.at < TAP_MS
    now = null
    const again = tapped && event.timeStamp - lastTap < 2 * TAP_MS
    lastTap = tapped && !again ? event.timeStamp : Number.NEGATIVE_INFINITY
    if (again) go()
  })
  // The browser took the fingers for a scroll or a zoom.
  watch('touchcancel', () => {
    now = null
    lastTap = Number.NEGATIVE_INFINITY
  })
}
