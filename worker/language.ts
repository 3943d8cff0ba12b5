/** What a browser asks for in its header, the dearest first. */

/** Longer than any browser sends; what comes after is not read. */
const MAX_HEADER = 400

export const wishesOf = (accepted: string | null): string[] =>
  (accepted ?? '')
    .slice(0, MAX_HEADER)
    .split(',')
    .slice(0, 20)
    .map((wish) => {
      const [tag = '', quality = ''] = wish.trim().split(/\s*;\s*q=/)
      return { tag, quality: quality === '' ? 1 : Number(quality) || 0 }
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
