/** Leaving, put to work: what a page can do from its first moment. The rest is `settle.ts`. */
import { leave, watchLink } from './leave.ts'
import { isOn } from './off.ts'
import { watchShift, watchTaps } from './shortcuts.ts'

const leaveByShortcut = () => {
  if (isOn('shortcut')) leave()
}

export function watchExit(): void {
  watchLink()
  watchShift(leaveByShortcut)
  watchTaps(leaveByShortcut)
}
