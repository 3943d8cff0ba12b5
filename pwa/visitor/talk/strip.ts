/** While she reads on: one line that says how it stands, in words that tell nobody else anything, and leads back. */
import { h } from './dom.ts'

const ID = 'meanwhile'

/** @param text  null: nothing to say */
export function strip(text: string | null, back: () => void): void {
  const there = document.getElementById(ID)
  if (text === null) {
    there?.remove()
    return
  }
  const button = there?.querySelector('button')
  if (button) {
    if (button.textContent !== text) button.textContent = text
    return
  }
  const made = h('div', { id: ID, role: 'status' }, h('button', { type: 'button', click: back }, text))
  document.getElementById('screen')?.before(made)
}
