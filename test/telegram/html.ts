/**
 * `parse_mode: HTML` as Telegram judges it: the text that remains, its entities, or why the call is refused.
 *
 * What Telegram lets pass though its documentation forbids it (a bare `&`, a quote inside a quote) comes back in `careless`.
 */
import type { MessageEntity } from 'grammy/types'

export type Parsed = { text: string; entities: MessageEntity[]; careless: string[] }
export type Unparsable = { error: string }

const KINDS: Record<string, MessageEntity['type']> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  'tg-emoji': 'custom_emoji',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
}
/** The only named references Telegram knows; `&nbsp;` is not one. */
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot));?/iy

type Open = { tag: string; at: number; link?: string; language?: string; expandable?: boolean }

export function parseHtml(html: string): Parsed | Unparsable {
  const entities: MessageEntity[] = []
  const careless: string[] = []
  const open: Open[] = []
  let text = ''
  let at = 0
  /** Telegram counts bytes. */
  const byte = (index: number) => new TextEncoder().encode(html.slice(0, index)).length
  while (at < html.length) {
    const char = html[at]
    if (char === '&') {
      const [decoded, next] = reference(html, at)
      if (decoded === undefined) careless.push(`a bare & at byte offset ${byte(at)}: write &amp;`)
      text += decoded ?? '&'
      at = next
    } else if (char !== '<') {
      text += char
      at++
    } else if (html[at + 1] === '/') {
      const [, name = '', end = ''] = /^<\/([^\s>]*)\s*(>?)/.exec(html.slice(at)) ?? []
      const last = open.pop()
      if (!last) return { error: `Unexpected end tag at byte offset ${byte(at)}` }
      if (!end) return { error: `Unclosed end tag at byte offset ${byte(at)}` }
      if (name && name !== last.tag)
        return { error: `Unmatched end tag at byte offset ${byte(at)}, expected "</${last.tag}>", found "</${name}>"` }
      at = html.indexOf('>', at) + 1
      const entity = entityOf(last, text)
      if (entity) entities.push(entity)
      else if (last.tag === 'a') careless.push(`the link "${last.link ?? ''}" is no link for Telegram: only its words are shown`)
    } else {
      const started = startTag(html, at, () => byte(at))
      if ('error' in started) return started
      const { tag } = started
      if (open.some((outer) => outer.tag === 'code' || (outer.tag === 'pre' && tag !== 'code')))
        careless.push(`<${tag}> inside <${open.at(-1)?.tag}>: code and pre hold no other tags`)
      if (tag === 'blockquote' && open.some((outer) => outer.tag === tag)) careless.push('a blockquote inside a blockquote')
      open.push({ ...started, at: text.length })
      at = started.next
    }
  }
  const left = open.at(-1)
  if (left) return { error: `Can't find end tag corresponding to start tag "${left.tag}"` }
  return { ...trim(text, entities), careless }
}

function reference(html: string, at: number): [string | undefined, number] {
  REFERENCE.lastIndex = at
  const found = REFERENCE.exec(html)
  if (!found) return [undefined, at + 1]
  const [whole, decimal, hex, name] = found
  if (name) return [NAMED[name.toLowerCase()], at + whole.length]
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)
  return code > 0 && code < 0x110000 ? [String.fromCodePoint(code), at + whole.length] : [undefined, at + 1]
}

type Started = Omit<Open, 'at'> & { next: number }

function startTag(html: string, from: number, byte: () => number): Started | Unparsable {
  const name = /^<([^\s>]*)/.exec(html.slice(from))?.[1] ?? ''
  let at = from + 1 + name.length
  if (at >= html.length) return { error: `Unclosed start tag at byte offset ${byte()}` }
  const tag = name.toLowerCase()
  if (!(tag in KINDS)) return { error: `Unsupported start tag "${tag}" at byte offset ${byte()}` }
  const attributes: Record<string, string> = {}
  for (;;) {
    at += /^\s*/.exec(html.slice(at))?.[0].length ?? 0
    if (at >= html.length) return { error: `Unclosed start tag "${tag}" at byte offset ${byte()}` }
    if (html[at] === '>') break
    const [whole, key = '', , quoted, single, token] = /^([^\s=>]*)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([a-z0-9.-]+)(?=[\s>])))?/i.exec(
      html.slice(at),
    ) ?? ['']
    if (!key) return { error: `Empty attribute name in the tag "${tag}" at byte offset ${byte()}` }
    const value = quoted ?? single ?? token
    const flag = tag === 'blockquote' && key === 'expandable'
    if (value === undefined && !flag) {
      const rest = html.slice(at + whole.length)
      if (/^\s*=\s*["']/.test(rest)) return { error: `Unclosed start tag at byte offset ${byte()}` }
      return { error: `Expected equal sign in declaration of an attribute of the tag "${tag}" at byte offset ${byte()}` }
    }
    attributes[key.toLowerCase()] = decoded(value ?? '')
    at += whole.length
  }
  if (tag === 'span' && attributes.class !== 'tg-spoiler')
    return { error: `Tag "span" must have class "tg-spoiler" at byte offset ${byte()}` }
  const language = tag === 'code' ? attributes.class?.replace(/^language-/, '') : undefined
  const link = tag === 'a' ? attributes.href : tag === 'tg-emoji' ? attributes['emoji-id'] : undefined
  return {
    tag,
    next: at + 1,
    ...(link === undefined ? {} : { link }),
    ...(language === undefined ? {} : { language }),
    ...('expandable' in attributes ? { expandable: true } : {}),
  }
}

function decoded(value: string): string {
  let out = ''
  for (let at = 0; at < value.length; ) {
    if (value[at] !== '&') out += value[at++]
    else {
      const [char, next] = reference(value, at)
      out += char ?? '&'
      at = next
    }
  }
  return out
}

function entityOf({ tag, at, link, language, expandable }: Open, text: string): MessageEntity | undefined {
  const span = { offset: at, length: text.length - at }
  const type = KINDS[tag]
  if (!span.length || !type) return undefined
  if (type === 'text_link') {
    const url = link || text.slice(at)
    // A link Telegram cannot follow loses its entity and stays as words.
    return /^(https?|tg|ton|tonsite):\/\/|^[\w-]+(\.[\w-]+)+(\/|$)/i.test(url) ? { type, ...span, url } : undefined
  }
  if (type === 'custom_emoji') return { type, ...span, custom_emoji_id: link ?? '' }
  if (type === 'blockquote' && expandable) return { type: 'expandable_blockquote', ...span }
  if (type === 'pre' && language) return { type, ...span, language }
  return { type, ...span } as MessageEntity
}

/** Telegram drops white space at both ends; entities move with the text. */
export function trim(text: string, entities: MessageEntity[] = []): { text: string; entities: MessageEntity[] } {
  const trimmed = text.trim()
  const lost = text.length - text.trimStart().length
  const moved = entities
    .map((entity) => {
      const start = Math.max(0, entity.offset - lost)
      return { ...entity, offset: start, length: Math.min(trimmed.length, entity.offset - lost + entity.length) - start }
    })
    .filter(({ length }) => length > 0)
    .sort((one, other) => one.offset - other.offset || other.length - one.length)
  return { text: trimmed, entities: moved }
}
