/** What a person does with a browser, whichever it is. Presses and keys are real input, not calls of the page's own functions. */

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
  until<A = undefined>(inPage: (given: A) => boolean, given?: A): Promise<void>
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
