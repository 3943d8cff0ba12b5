/** Handing a talk to a colleague: she is asked first, and agrees or not; then the secret of the next epoch is sealed to the colleague's shift. */
import { toBase64url } from '../../crypto/bytes.ts'
import { makeTransfer } from '../../crypto/talk/transfer.ts'
import type { Said } from '../../schema/said.ts'
import { insist } from './server.ts'
import type { Colleague } from './shift.ts'
import type { Accepted, TalkServer } from './talk.ts'

/** `asked`: she is. `offered`: the colleague finds it in the list. */
export type Step = { to: Colleague; step: 'asked' | 'refused' | 'offered' | 'failed' }

export class Handing {
  now: Step | null = null
  /** A colleague may accept at any moment, even while somebody else is asked for. */
  isOffered = false
  readonly #accepted: Accepted
  readonly #server: TalkServer
  readonly #changed: () => void

  constructor(accepted: Accepted, server: TalkServer, changed: () => void) {
    this.#accepted = accepted
    this.#server = server
    this.#changed = changed
  }

  async ask(to: Colleague, say: (said: Said) => Promise<boolean>): Promise<void> {
    if (!(await say({ kind: 'may-hand' }))) return
    this.now = { to, step: 'asked' }
    this.#changed()
  }

  drop(): void {
    if (this.now?.step !== 'offered') this.now = null
    this.#changed()
  }

  async answered(yes: boolean, epoch: number): Promise<void> {
    const asked = this.now
    if (asked?.step !== 'asked') return
    this.now = { ...asked, step: yes ? 'offered' : 'refused' }
    this.#changed()
    if (!yes) return
    const { caseId, tag, visitor, keys } = this.#accepted
    const made = await makeTransfer({ caseId, tag, visitor, epoch, next: keys.next }, asked.to)
    if (made.ok) {
      const answer = await insist(() => this.#server.call({ ask: 'transfer', tag: toBase64url(tag), transfer: toBase64url(made.value) }))
      if (answer.ok) {
        this.isOffered = true
        return
      }
    }
    this.now = { ...asked, step: 'failed' }
    this.#changed()
  }
}
