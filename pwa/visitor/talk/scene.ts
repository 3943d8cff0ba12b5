/** What a screen of the talk is given: the book she reads, where she stands, and the words of her language. */
import type { Position } from '../../../guide/engine.ts'
import type { Words } from '../../../guide/guide.ts'
import { say, type Values } from '../../../guide/say.ts'
import type { View } from '../../../guide/view.ts'
import type { FullBook, Page } from '../core.ts'

export type Scene = {
  book: FullBook
  at: Position
  view: View
  page: Page
  words: Pick<Words, 'ui' | 'language'>
}

/** A screen that was drawn: `refresh` when the talk changed. */
export type Screen = { nodes: Node[]; refresh?(): void }

export const t = ({ words }: Pick<Scene, 'words'>, key: string, values: Values = {}): string => say(words, key, values)
