/** What belongs to leaving and may come a moment after the first view: it is small, but the first view is smaller. */
import { watchAway } from './away.ts'
import { keepCalendar } from './calendar.ts'
import { keepInView } from './in-view.ts'
import { isOn } from './off.ts'

export function settleExit(): void {
  keepCalendar()
  watchAway(() => isOn('away'))
  keepInView()
}
