/** Small parts of every screen. */
import type { ComponentChildren, JSX } from 'preact'
import type { Danger } from '../danger.ts'
import { t } from '../words.ts'

type Look = 'main' | 'plain' | 'quiet'

type ButtonProps = {
  on: () => void
  look?: Look
  isOff?: boolean | undefined
  id?: string | undefined
  title?: string | undefined
  pressed?: boolean | undefined
  children: ComponentChildren
}

export const Button = ({ on, look = 'plain', isOff, id, title, pressed, children }: ButtonProps): JSX.Element => (
  <button type="button" class={look} id={id} onClick={on} disabled={isOff === true} title={title} aria-pressed={pressed}>
    {children}
  </button>
)

/** Stands above her words and hides nothing of them: the finding may be wrong, and misses some. */
export const Hint = ({ danger }: { danger: Danger | null }): JSX.Element | null =>
  danger && (
    <p class="danger" data-danger={danger}>
      {t(`danger.${danger}`)}
    </p>
  )

/**
 * Where something is typed. It calls itself a search and sends nothing: about other forms Chromium asks its maker, by the site's name and
 * the fields, and keeps the answer on the disk.
 */
export const Form = ({ on, look, children }: { on: () => void; look?: string; children: ComponentChildren }): JSX.Element => (
  <form
    class={look}
    method="post"
    action="/search"
    autocomplete="off"
    onSubmit={(event) => {
      event.preventDefault()
      on()
    }}
  >
    {children}
  </form>
)

/** A window over the desk; Escape closes it, and the focus returns to where it was. */
export const Window = ({ title, onClose, children }: { title: string; onClose: () => void; children: ComponentChildren }): JSX.Element => (
  <dialog
    aria-labelledby="window-title"
    ref={(dialog) => {
      if (dialog && !dialog.open) dialog.showModal()
    }}
    onClose={onClose}
  >
    <h2 id="window-title">{title}</h2>
    {children}
  </dialog>
)
