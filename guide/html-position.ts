/** What each form carries that is really sent: where she is, and beside it what makes it as long as any other, so that who watches the line sees that a choice was sent, not how far in. */
import { type Html, html, UNKEPT } from './html.ts'

/** Room for the longest position: a whole trail, every answer, a place, and some answers more. */
export const POSITION_CHARACTERS = 160

export const positionHtml = (position: string): Html =>
  html`<input type="hidden" name="p" value="${position}" autocomplete="off"><input type="hidden" name="z" value="${'0'.repeat(Math.max(0, POSITION_CHARACTERS - position.length))}" autocomplete="off">${UNKEPT}`
