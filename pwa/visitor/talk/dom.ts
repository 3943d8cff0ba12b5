/** Elements with their attributes and children. What anybody wrote becomes text here, never HTML. */

type Child = Node | string | null | false | undefined

type Attributes = Record<string, string | boolean | undefined | ((event: Event) => void)>

/** A function is what happens on that event: `{ click: () => … }`. `false` and undefined leave an attribute out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.filter((child): child is Node | string => (typeof child === 'object' ? child !== null : !!child)))
  return element
}

export const button = (label: string, press: () => void, look = ''): HTMLButtonElement =>
  h('button', { type: 'button', class: look || undefined, click: once(press) }, label)

/** The second tap of a double tap would press what stands there by then. */
const once = (press: () => void) => (event: Event) => {
  if ((event as MouseEvent).detail > 1) return
  press()
}

/** Calls itself a search, as every form here does: Chromium asks its maker about other forms, and keeps the answer. */
export const form = (submit: () => void, ...children: readonly Child[]): HTMLFormElement =>
  h(
    'form',
    {
      method: 'post',
      action: '/search',
      autocomplete: 'off',
      submit: (event) => {
        event.preventDefault()
        submit()
      },
    },
    ...children,
  )

/** Nothing typed is kept, corrected by somebody far away, or offered again. */
export const UNKEPT = { autocomplete: 'off', autocorrect: 'off', autocapitalize: 'off', spellcheck: 'false' }

export const field = (label: string, input: HTMLElement, note?: string): HTMLElement =>
  h('label', { class: 'field' }, h('span', {}, label), input, note ? h('small', {}, note) : null)
