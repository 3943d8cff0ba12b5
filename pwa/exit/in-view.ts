/**
 * Keeps the bar with the exit where she looks: above the keyboard of phones that lay it over the page, and within what a
 * magnified page shows.
 */
export function keepInView(): void {
  const view = globalThis.visualViewport
  const bar = document.querySelector<HTMLElement>('.bar')
  if (!view || !bar) return
  const follow = () => {
    const { scale, offsetLeft, offsetTop, height } = view
    const lift = offsetTop + height - bar.offsetTop - bar.offsetHeight
    bar.style.transformOrigin = '0 100%'
    bar.style.transform = scale > 1.01 || lift < -1 ? `translate(${offsetLeft}px,${lift}px) scale(${1 / scale})` : ''
  }
  for (const change of ['resize', 'scroll']) view.addEventListener(change, follow)
}
