/** The heading of a screen; it takes the focus when the screen comes. */
import { h } from '../dom.ts'

export const title = (text: string): HTMLElement => h('h1', { id: 'title', tabindex: '-1' }, text)
