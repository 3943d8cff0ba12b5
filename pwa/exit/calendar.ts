/** This month: an ordinary thing to look at in place of the browser's error, when the neutral site cannot come. Drawn by what is here already, with nothing of ours in it. */

/** Draws it on the event `left`, on the page that `leave.ts` emptied. */
export function keepCalendar(): void {
  document.addEventListener('left', () => document.body.append(sheetOf(new Date())), { once: true })
}

const SHEET =
  'display:grid;grid-template-columns:repeat(7,1fr);gap:1em .5em;max-width:24em;margin:2em auto;font:1em/2 system-ui,sans-serif;text-align:center'

function sheetOf(now: Date): HTMLElement {
  const [year, month] = [now.getFullYear(), now.getMonth()]
  const sheet = document.createElement('main')
  sheet.style.cssText = SHEET
  const put = (text: string, look = '') => {
    const cell = document.createElement('span')
    cell.style.cssText = look
    cell.textContent = text
    sheet.append(cell)
  }
  const write = (day: number, how: Intl.DateTimeFormatOptions) =>
    new Date(year, month, day).toLocaleDateString(document.documentElement.lang, how)
  document.title = write(1, { month: 'long', year: 'numeric' })
  put(document.title, 'grid-column:1/8;font-size:1.3em')
  // Weeks begin on Monday here.
  const before = (new Date(year, month, 1).getDay() + 6) % 7
  for (let day = 1; day < 8; day += 1) put(write(day - before, { weekday: 'short' }), 'opacity:.8')
  for (let day = 1; new Date(year, month, day).getMonth() === month; day += 1)
    put(String(day), (day === 1 ? `grid-column:${before + 1};` : '') + (day === now.getDate() ? 'outline:2px solid;border-radius:50%' : ''))
  return sheet
}
