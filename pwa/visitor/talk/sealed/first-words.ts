/** The first words, made to fit what a request may carry. */
import { utf8 } from '../../../../crypto/bytes.ts'
import type { FirstWords } from '../../../../schema/said.ts'
import { LONGEST_INTAKE } from './keys.ts'

/** As JSON. Of what was said before as much as fits, the newest; then her text is shortened, never her word. */
export function written(first: FirstWords): string {
  let said = first
  for (;;) {
    const text = JSON.stringify(said)
    if (utf8(text).length <= LONGEST_INTAKE) return text
    if (said.before.length > 0) said = { ...said, before: said.before.slice(1) }
    else said = { ...said, text: said.text.slice(0, -20) }
  }
}
