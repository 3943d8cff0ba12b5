/** What a person does with a browser, whichever it is. Presses and keys are real input, not calls of the page's own functions. */
import type { App } from '../../schema/residue.ts'
import type { Control } from './control/site.ts'
import type { Front } from './front.ts'

/** A busy machine is not a fault. */
export const PATIENCE_MS = 90_000

export type Tab = {
  open(address: string): Promise<void>
  /** A press in the middle of the first such element. */
  press(selector: string): Promise<void>
  /** Into what has the focus. */
  type(text: string): Promise<void>
  key(name: 'Shift' | 'Enter'): Promise<void>
  /** The function runs in the page, so it sees nothing but its argument. */
  read<T, A = undefined>(inPage: (given: A) => T | Promise<T>, given?: A): Promise<T>
  /** Waits until the function says yes, over page changes too. */
  until<A = undefined>(inPage: (given: A) => boolean | Promise<boolean>, given?: A): Promise<void>
  close(): Promise<void>
}

export type Running = {
  /** The tab the browser opened with. */
  first: Tab
  tab(): Promise<Tab>
  /** As a person closes it. */
  quit(): Promise<void>
  /** As a phone that goes dead. */
  kill(): Promise<void>
}

/** A row of the history. */
export type Row = { url: string; title: string }

/** A kind of browser: how it is started, and what is peculiar to it. */
export type Kind<B extends Running = Running> = {
  name: 'chromium' | 'firefox'
  /** Makes the folders of a phone, and the settings it has before the browser's first start. */
  prepare(disk: string, app: App): void
  open(disk: string, front: Front): Promise<B>
  /** With the tabs it had, as phones open by themselves. */
  reopen(disk: string, front: Front): Promise<Pick<Running, 'quit' | 'kill'>>
  /** What of ours never arrives, where a browser cannot be told to run no scripts. */
  loses(app: App): RegExp | null
  history(copy: string): Row[]
  /** Of what a leaky page leaves: written half a minute late, or when the browser is closed. */
  late: Control[]
  /** Cleared when the browser is opened again. */
  cleared: Control[]
}
