/** What stands on the screen of a talk, in order. Pure: frames and marks come from elsewhere. */
import type { Said } from '../../../../schema/said.ts'

/** `there`: at the other page. `seen`: by the person. */
export type Mark = 'sending' | 'sent' | 'there' | 'seen' | 'failed'

type Shown = Extract<Said, { kind: 'text' | 'question' | 'answer' | 'ask-word' | 'may-hand' }>

const SHOWN: readonly string[] = ['text', 'question', 'answer', 'ask-word', 'may-hand']

export const isShown = (said: Said): said is Shown => SHOWN.includes(said.kind)

export type Entry = {
  /** Unique in this page. */
  key: number
  mine: boolean
  epoch: number
  n: number
  /** null: a message this page cannot show. */
  said: Shown | null
  mark: Mark
  /** Which answer she gave; of `may-hand` and `ask-word` whether she did. */
  answered?: number
}

const RANK: Mark[] = ['failed', 'sending', 'sent', 'there', 'seen']

export class Entries {
  list: Entry[] = []
  #key = 0

  add(entry: Omit<Entry, 'key'>): Entry {
    const added = { ...entry, key: this.#key++ }
    this.list.push(added)
    return added
  }

  find(mine: boolean, epoch: number, n: number): Entry | undefined {
    return this.list.find((entry) => entry.mine === mine && entry.epoch === epoch && entry.n === n)
  }

  /** A mark never goes back, except from "failed". */
  mark(epoch: number, n: number, mark: Mark): void {
    const entry = this.find(true, epoch, n)
    if (entry && (mark === 'failed' ? entry.mark === 'sending' : RANK.indexOf(mark) > RANK.indexOf(entry.mark))) entry.mark = mark
  }

  /** Everything of hers up to `n`. */
  markUpTo(epoch: number, n: number, mark: Mark): void {
    for (const entry of this.list) if (entry.mine && entry.epoch === epoch && entry.n <= n) this.mark(epoch, entry.n, mark)
  }

  remove(mine: boolean, which: 'all' | { epoch: number; n: number }): void {
    this.list = this.list.filter(
      (entry) => entry.mine !== mine || (which !== 'all' && (entry.epoch !== which.epoch || entry.n !== which.n)),
    )
  }

  /** Another counsellor: the same message under a new name. */
  rename(from: { epoch: number; n: number }, to: { epoch: number; n: number }): void {
    const entry = this.find(true, from.epoch, from.n)
    if (entry) Object.assign(entry, to, { mark: 'sending' })
  }

  /** Words of both, oldest first: what a capsule keeps, and what she may let another counsellor read. */
  words(): { mine: boolean; text: string }[] {
    return this.list.flatMap(({ mine, said }) => (said && 'text' in said ? [{ mine, text: said.text }] : []))
  }
}
