/** What she switched off stands in `html[data-off]`, for as long as the page is open. */
export const isOn = (what: 'shortcut' | 'away'): boolean => !document.documentElement.dataset.off?.includes(what)
