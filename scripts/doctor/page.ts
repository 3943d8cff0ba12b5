/** As much of an HTML page as the doctor looks at. Our own pages only: their attributes are all quoted. */

export type Tag = { name: string; attributes: Record<string, string> }

const TAG = /<([a-z][a-z0-9]*)((?:\s+[a-z][a-z0-9-]*(?:="[^"]*")?)*)\s*\/?>/gi
const ATTRIBUTE = /([a-z][a-z0-9-]*)(?:="([^"]*)")?/gi
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

const plain = (text: string): string => text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '')

export const tags = (page: string): Tag[] =>
  [...page.matchAll(TAG)].map(([, name = '', inside = '']) => ({
    name: name.toLowerCase(),
    attributes: Object.fromEntries([...inside.matchAll(ATTRIBUTE)].map(([, key = '', value = '']) => [key, plain(value)])),
  }))

export const title = (page: string): string => plain(/<title>([^<]*)<\/title>/i.exec(page)?.[1] ?? '')

/** The data inside the page from which the web app starts; null when there is none or it cannot be read. */
export function first(
  page: string,
): { more?: { src: string; integrity: string }; files?: { languages: Record<string, { book: string; directory: string }> } } | null {
  try {
    return JSON.parse(/<script type="application\/json" id="first">(.*?)<\/script>/s.exec(page)?.[1] ?? 'null')
  } catch {
    return null
  }
}
