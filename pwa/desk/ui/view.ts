/** What belongs to the screens alone: which window is open, and whether keys are on. */
import type { Desk } from '../desk.ts'

export type View = { window: 'help' | 'end' | 'hand' | 'taps' | 'end-shift' | null; hasKeys: boolean; draw(): void }

export type Props = { desk: Desk; view: View }

export function open(view: View, window: View['window']): void {
  view.window = window
  view.draw()
}
