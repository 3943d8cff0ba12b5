/** The keys of the desk. None fires while somebody types, or with Ctrl, Alt or Meta: those belong to the browser and to reading aloud. */

export type KeyAction = 'help' | 'next' | 'previous' | 'reply' | 'end' | 'accept' | 'transfer' | 'leave'

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing' | 'repeat'>

/** By place on the keyboard, so that they are the same under a Ukrainian layout. */
const CODES: Record<string, KeyAction> = {
  KeyJ: 'next',
  KeyK: 'previous',
  KeyR: 'reply',
  KeyE: 'end',
  KeyA: 'accept',
  KeyT: 'transfer',
}

/** @param isTyping  the focus is in a field @param isOn  the counsellor has not switched them off */
export function actionOf(pressed: Pressed, isTyping: boolean, isOn: boolean): KeyAction | null {
  if (pressed.key === 'Escape') return 'leave'
  if (isTyping || !isOn || pressed.isComposing || pressed.repeat) return null
  if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return null
  if (pressed.key === '?' || (pressed.key === ',' && pressed.code === 'Slash')) return 'help'
  return CODES[pressed.code] ?? null
}

const FIELDS = ['INPUT', 'TEXTAREA', 'SELECT']

export const isField = (element: Element | null): boolean =>
  element !== null && (FIELDS.includes(element.tagName) || (element as HTMLElement).isContentEditable)
