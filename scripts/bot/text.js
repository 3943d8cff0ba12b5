/** A message's text with its entities, as Telegram's apps draw it. */

export const make = (tag, attributes = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), attributes)
  element.append(...children)
  return element
}

const TAGS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'code',
  blockquote: 'blockquote',
}

/** Text with its entities; the pieces between two borders have the same ones. */
export function rich(text, entities) {
  const borders = [...new Set([0, text.length, ...entities.flatMap(({ offset, length }) => [offset, offset + length])])].sort(
    (a, b) => a - b,
  )
  const box = make('div', { className: 'text' })
  for (let n = 0; n + 1 < borders.length; n++) {
    const [from, to] = [borders[n], borders[n + 1]]
    // A quotation ends its own line: the line break behind it is not seen.
    const start = box.lastChild?.nodeName === 'BLOCKQUOTE' && text[from] === '\n' ? from + 1 : from
    let piece = document.createTextNode(text.slice(start, to))
    for (const entity of entities.filter(({ offset, length }) => offset <= from && offset + length >= to).reverse())
      piece = wrapped(piece, entity)
    box.append(...(piece.nodeType === Node.TEXT_NODE ? linked(piece.data) : [piece]))
  }
  return box
}

function wrapped(piece, { type, url }) {
  if (type === 'text_link') return make('a', { href: url, target: '_blank', rel: 'noreferrer' }, piece)
  if (type === 'spoiler') return make('span', { className: 'spoiler' }, piece)
  if (type === 'expandable_blockquote') return folded(piece)
  return TAGS[type] ? make(TAGS[type], {}, piece) : piece
}

/** Telegram shows three lines of it, and the rest when it is pressed. */
function folded(piece) {
  const quote = make('blockquote', { className: 'folded', tabIndex: 0 }, piece)
  const unfold = () => quote.classList.remove('folded')
  quote.addEventListener('click', unfold)
  quote.addEventListener('keydown', ({ key }) => key === 'Enter' && unfold())
  return quote
}

/** Clients link numbers and addresses by themselves. */
function linked(text) {
  const parts = text.split(/(https?:\/\/[^\s]+|\+?\d[\d ()-]{7,}\d)/)
  return parts.map((part, n) => {
    if (n % 2 === 0) return part
    const href = part.startsWith('http') ? part : `tel:${part.replace(/[^\d+]/g, '')}`
    return make('a', { href, rel: 'noreferrer' }, part)
  })
}
