import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseHtml } from './html.ts'

const parsed = (html: string) => {
  const result = parseHtml(html)
  if ('error' in result) throw new Error(result.error)
  return result
}

describe('HTML as Telegram reads it', () => {
  it.each([
    ['<b>x', 'Can\'t find end tag corresponding to start tag "b"'],
    ['<b>x</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['ї</b>', 'Unexpected end tag at byte offset 2'],
    ['<b', 'Unclosed start tag at byte offset 0'],
    ['<b>x</b', 'Unclosed end tag at byte offset 4'],
    ['<h1>x</h1>', 'Unsupported start tag "h1" at byte offset 0'],
    ['<br/>', 'Unsupported start tag "br/" at byte offset 0'],
    ['<span>x</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
    ['<a href>x</a>', 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'],
    ['<a href="x>y</a>', 'Unclosed start tag at byte offset 0'],
    ['<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'],
  ])('%s is refused', (html, error) => expect(parseHtml(html)).toEqual({ error }))

  it('entities count UTF-16 code units of the text that remains', () => {
    const { text, entities } = parsed(' 😀 <b>a <i>b</i></b> &lt;&#1111;&#x457;&gt; <a href="https://a.example/?a=1&amp;b">c</a>')
    expect(text).toBe('😀 a b <її> c')
    expect(entities).toEqual([
      { type: 'bold', offset: 3, length: 3 },
      { type: 'italic', offset: 5, length: 1 },
      { type: 'text_link', offset: 12, length: 1, url: 'https://a.example/?a=1&b' },
    ])
  })
  it('a quotation that unfolds is another kind than one that does not', () => {
    const kinds = (html: string) => parsed(html).entities.map(({ type }) => type)
    expect(kinds('<blockquote>a</blockquote><blockquote expandable>b</blockquote>')).toEqual(['blockquote', 'expandable_blockquote'])
  })
  it('what Telegram lets pass but shows otherwise is careless', () => {
    expect(parsed('a & b').careless).toEqual(['a bare & at byte offset 2: write &amp;'])
    expect(parsed('a&nbsp;b')).toMatchObject({ text: 'a&nbsp;b', careless: [expect.stringContaining('bare &')] })
    expect(parsed('<code><b>a</b></code>').careless).toHaveLength(1)
    expect(parsed('<blockquote>a<blockquote>b</blockquote></blockquote>').careless).toHaveLength(1)
    expect(parsed('<a href="tel:112">112</a>')).toMatchObject({ entities: [], careless: [expect.stringContaining('tel:112')] })
    expect(parsed('<pre><code class="language-ts">a</code></pre><tg-spoiler>b</tg-spoiler>').careless).toEqual([])
  })
  it('any escaped text comes back as it was', () => {
    const escaped = (text: string) => text.replace(/[&<>"]/g, (char) => `&#${char.codePointAt(0)};`)
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(parsed(`<b>${escaped(text)}</b>`)).toMatchObject({ text: text.trim(), careless: [] })
      }),
    )
  })
  it('any input is read or refused, never thrown at', () => {
    const part = fc.constantFrom('<', '>', '/', 'b', 'a', ' href=', '"', "'", '&', '&lt;', '=', ' ', 'ї', '<b>', '</b>', '<i>', '</i>')
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        parseHtml(parts.join(''))
      }),
    )
  })
})
