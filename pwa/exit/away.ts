/** Nothing is shown while she is elsewhere: the picture among the open apps is taken then. Everything is as it was when she comes back. */

/** @param wanted whether it is switched on now */
export function watchAway(wanted: () => boolean): void {
  const show = (shown: boolean) => {
    const { style } = document.body
    const hidden = !shown && wanted()
    // Unlike `hidden`, this keeps the place she reads at and the focus; and what is not seen is not pressed.
    style.opacity = hidden ? '0' : ''
    style.pointerEvents = hidden ? 'none' : ''
  }
  for (const change of ['visibilitychange', 'freeze', 'resume']) document.addEventListener(change, () => show(!document.hidden))
  // A phone draws nothing more once the page is hidden, but tells a moment before that it looks elsewhere. At a desk that is a click beside the page.
  if (matchMedia('(hover: none)').matches) addEventListener('blur', () => show(false))
  for (const back of ['focus', 'pointerdown']) addEventListener(back, () => show(true))
}
