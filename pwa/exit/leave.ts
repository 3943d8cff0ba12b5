/**
 * Leaving at once. The link does it without us; this does it better: the page is blank and the neutral site asked for in
 * the same frame, the history row is replaced, and nothing is sent to us. Imports nothing, so nothing can break it.
 */

/** A network that is there by name only answers nobody: after this long the empty page gets something ordinary to look at. */
const EMPTY_MS = 1200

let target: string | null = null

export function leave(): void {
  if (target !== null) return
  const site = document.querySelector<HTMLAnchorElement>('a[data-exit]')?.href ?? 'about:blank'
  target = site
  blank()
  // Firefox keeps the last title of a page that was left, and a tab without one shows our address.
  document.title = new URL(site).host || '\u200b'
  const said = document.getElementById('gone')
  if (said) {
    // Heard, not seen.
    said.style.cssText = 'position:fixed;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)'
    said.textContent = said.dataset.text ?? ''
  }
  if (navigator.onLine) {
    location.replace(site)
    setTimeout(fill, EMPTY_MS)
  } else {
    fill()
    window.ononline = () => location.replace(site)
    // Our row of the history goes too, as soon as nobody looks; a network that comes back just then no longer counts.
    document.addEventListener('visibilitychange', () => {
      window.ononline = null
      location.replace('about:blank')
    })
  }
}

/** What fills the page is `calendar.ts`; until that has arrived the page stays empty. */
const fill = () => document.dispatchEvent(new Event('left'))

/** Takes everything off the page but its neutral title and the empty place of the spoken word, which a screen reader must know beforehand. */
function blank(): void {
  document.dispatchEvent(new Event('leave'))
  // No white flash in a dark room, now that the style goes.
  document.documentElement.style.colorScheme = 'light dark'
  // Without the icon that is none the browser would come and ask us for one.
  for (const one of [...document.head.children, ...document.body.childNodes])
    if (!['META', 'TITLE'].includes(one.nodeName) && (one as HTMLLinkElement).rel !== 'icon' && one !== document.getElementById('gone'))
      one.remove()
}

/** The link by any button of the mouse, and pages that the browser kept: those show the first screen, or, once left, lead out again. */
export function watchLink(): void {
  for (const press of ['click', 'auxclick'])
    addEventListener(
      press,
      (event) => {
        // The right button only asks for the menu.
        if ((event as MouseEvent).button > 1 || !(event.target instanceof Element) || !event.target.closest('a[data-exit]')) return
        event.preventDefault()
        leave()
      },
      true,
    )
  addEventListener('pagehide', blank)
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.replace(target ?? '/')
  })
}
